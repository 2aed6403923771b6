import { adaptRoute, implement } from '../../../../../_server/adapt-route.ts';
import { signScorecardOperation } from '../../../../scorecard-operations.ts';
import { signScorecard } from '#domain/scorecard/sign-scorecard.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute(
  implement(signScorecardOperation, async ({ ctx, params }) => Response.json(await signScorecard({ ctx, input: { sessionId: params.id! } }))),
);
