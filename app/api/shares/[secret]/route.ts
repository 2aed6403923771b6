import { adaptRoute, implement } from '../../../_server/adapt-route.ts';
import { takeToken } from '../../../_server/rate-limits.ts';
import { openShareOperation } from '../../meeting-notes-operations.ts';
import { openShare } from '#domain/meetings/share/open-share.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute(
  implement(openShareOperation, async ({ ctx, params, caller, composition }) => {
    // Secrets are long; whoever guesses is slowed down all the same.
    takeToken(composition.limits.shared, caller.rateKey);
    const shared = await openShare({ ctx, input: { secret: params.secret! } });
    // The address is the key: it goes nowhere, and nobody lists it.
    return Response.json(shared, { headers: { 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex, nofollow' } });
  }),
);
