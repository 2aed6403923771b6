import { adaptRoute, implement } from '../../../../../_server/adapt-route.ts';
import { retryDeadLetterOperation } from '../../../../operations-operations.ts';
import { retryDeadLetter } from '#domain/operations/dead-letters.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute(
  implement(retryDeadLetterOperation, async ({ ctx, params }) => {
    await retryDeadLetter({ ctx, input: { id: params.deadLetterId! } });
    return new Response(null, { status: 204 });
  }),
);
