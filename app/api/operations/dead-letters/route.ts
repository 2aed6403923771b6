import { adaptRoute, implement } from '../../../_server/adapt-route.ts';
import { listDeadLettersOperation } from '../../operations-operations.ts';
import { listDeadLetters } from '#domain/operations/dead-letters.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute(implement(listDeadLettersOperation, async ({ ctx }) => Response.json(await listDeadLetters({ ctx }))));
