import { describe, expect, it } from 'vitest';
import { parseEnvironment } from './environment.ts';
import { streamUrlNearby } from './stream-url.ts';

describe('The stream, for a process beside the realtime server', () => {
  const nearby = (variables: Record<string, string>) => streamUrlNearby(parseEnvironment(variables));

  it('is at the port on this machine, also when the server listens everywhere', () => {
    expect(nearby({ SPOOL_REALTIME_PORT: '8310' })).toBe('ws://127.0.0.1:8310/v1/stream');
    expect(nearby({ SPOOL_HOST: '0.0.0.0' })).toBe('ws://127.0.0.1:8080/v1/stream');
    expect(nearby({ SPOOL_HOST: '::' })).toBe('ws://[::1]:8080/v1/stream');
    expect(nearby({ SPOOL_HOST: 'fd00::1' })).toBe('ws://[fd00::1]:8080/v1/stream');
  });

  it('is where browsers open it when that is configured', () => {
    expect(nearby({ SPOOL_REALTIME_PUBLIC_URL: 'wss://voice.example.com' })).toBe('wss://voice.example.com/v1/stream');
  });
});
