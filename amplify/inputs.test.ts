import { describe, expect, it } from 'vitest';
import { parseInputs } from './inputs.ts';

const WHISPER = `example.com/whisper@sha256:${'0'.repeat(64)}`;
const LEAST = { IMAGE_TAG: 'abc123', SPOOL_WHISPER_IMAGE: WHISPER, SPOOL_PAGE_ORIGINS: 'https://main.d123.amplifyapp.com' };
const DOMAIN = { SPOOL_HOST_NAME: 'live.example.com', SPOOL_HOSTED_ZONE_ID: 'Z1', SPOOL_ZONE_NAME: 'example.com' };

describe('What a deploy is given', () => {
  it('is three things at least', () => {
    expect(parseInputs(LEAST)).toEqual({
      images: { realtime: 'abc123', worker: 'abc123', ingest: 'abc123', codeFunction: 'abc123', langflow: 'abc123' },
      whisperImage: WHISPER,
      pageOrigins: ['https://main.d123.amplifyapp.com'],
      alarmEmail: null,
      secretNames: [],
    });
  });

  it('may be a domain, an address for alarms and names of more secrets', () => {
    const all = { ...LEAST, ...DOMAIN, SPOOL_ALARM_EMAIL: 'ops@example.com', SPOOL_SECRETS: 'OPENAI_API_KEY, SUPABASE_KEY,', SPOOL_PAGE_ORIGINS: 'https://a.example.com, https://b.example.com' };
    expect(parseInputs(all)).toMatchObject({
      domain: { hostName: 'live.example.com', hostedZoneId: 'Z1', zoneName: 'example.com' },
      alarmEmail: 'ops@example.com',
      secretNames: ['OPENAI_API_KEY', 'SUPABASE_KEY'],
      pageOrigins: ['https://a.example.com', 'https://b.example.com'],
    });
    expect(parseInputs({ ...all, SPOOL_CERTIFICATE_ARN: 'arn:x' }).domain).toMatchObject({ certificateArn: 'arn:x' });
  });

  it('that is wrong in several places is told all of them at once', () => {
    const read = () => parseInputs({ SPOOL_HOST_NAME: 'live.example.com' });
    for (const name of ['IMAGE_TAG', 'SPOOL_WHISPER_IMAGE', 'SPOOL_PAGE_ORIGINS', 'SPOOL_HOSTED_ZONE_ID']) expect(read).toThrow(name);
  });

  it.each([
    ['an image that may change', { SPOOL_WHISPER_IMAGE: 'example.com/whisper:latest' }, 'SPOOL_WHISPER_IMAGE'],
    ['a tag that moves', { IMAGE_TAG: 'latest' }, 'IMAGE_TAG'],
    ['an origin with a path', { SPOOL_PAGE_ORIGINS: 'https://example.com/app' }, 'SPOOL_PAGE_ORIGINS'],
    ['every origin', { SPOOL_PAGE_ORIGINS: '*' }, 'SPOOL_PAGE_ORIGINS'],
    ['a name of another zone', { ...DOMAIN, SPOOL_ZONE_NAME: 'example.org' }, 'SPOOL_HOST_NAME'],
    ['a name that only ends like the zone', { ...DOMAIN, SPOOL_HOST_NAME: 'notexample.com' }, 'SPOOL_HOST_NAME'],
    ['a certificate without a domain', { SPOOL_CERTIFICATE_ARN: 'arn:x' }, 'SPOOL_CERTIFICATE_ARN'],
    ['the value of a secret in place of its name', { SPOOL_SECRETS: 'OPENAI_API_KEY=sk-1' }, 'SPOOL_SECRETS'],
  ])('is refused with %s', (_what, change, name) => {
    expect(() => parseInputs({ ...LEAST, ...change })).toThrow(name);
  });
});
