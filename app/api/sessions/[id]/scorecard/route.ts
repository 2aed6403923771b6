import { adaptRoute, implement } from '../../../../_server/adapt-route.ts';
import { editScorecardOperation, getScorecardOperation } from '../../../scorecard-operations.ts';
import { editScorecard } from '#domain/scorecard/edit-scorecard.ts';
import { getScorecard } from '#domain/scorecard/get-scorecard.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute(
  implement(getScorecardOperation, async ({ ctx, params }) => Response.json(await getScorecard({ ctx, input: { sessionId: params.id! } }))),
  implement(editScorecardOperation, async ({ ctx, params, body }) => Response.json(await editScorecard({ ctx, input: { sessionId: params.id!, ...body } }))),
);
