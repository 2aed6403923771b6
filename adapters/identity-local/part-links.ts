/** Links to single parts of uploads, signed with the instance's own secret: whoever has one can send that part and do nothing else. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '#domain/clock.ts';
import type { PartLinks } from '#domain/meetings/uploads/ports.ts';

/** A client sends the parts in turn; the last ones of a slow one get fresh links. */
export const PART_LINK_LIFETIME_MS = 3_600_000;

/** @param secret of `loadLocalSecret`; what is signed here is no token of anything else */
export function createPartLinks(secret: Uint8Array, clock: Clock): PartLinks {
  const key = createHmac('sha256', secret).update('spool upload parts, version 1').digest();
  const sign = (uploadId: string, part: number, expiresAtS: number) => createHmac('sha256', key).update(`${uploadId}\n${part}\n${expiresAtS}`).digest();
  return {
    partUrl(baseUrl, uploadId, part) {
      const expiresAtS = Math.floor((clock.nowMs() + PART_LINK_LIFETIME_MS) / 1000);
      return `${baseUrl}/v1/uploads/${uploadId}/parts/${part}?expires=${expiresAtS}&token=${sign(uploadId, part, expiresAtS).toString('base64url')}`;
    },
    allows(uploadId, part, query) {
      const expires = query.get('expires') ?? '';
      const token = Buffer.from(query.get('token') ?? '', 'base64url');
      if (!/^\d{1,12}$/.test(expires) || Number(expires) * 1000 <= clock.nowMs()) return false;
      const wanted = sign(uploadId, part, Number(expires));
      return token.byteLength === wanted.byteLength && timingSafeEqual(token, wanted);
    },
  };
}
