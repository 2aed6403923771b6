/** What the pages are shown with where a real conversation would take minutes: sessions in every state, one transcript, its recording. */
import type { Page } from 'playwright';
import type { FollowUp } from '#domain/follow-up/follow-up.ts';
import type { Interest, Sentiment } from '#domain/interests/interest.ts';
import type { Profile } from '#domain/interests/ports.ts';
import { searchMatchOf, type FoundSession } from '#domain/session/search-match.ts';
import type { Session, TranscriptItem } from '#domain/session/session.ts';
import { UPLINK_SAMPLE_RATE_HZ, msToSamples } from '#domain/stream/audio-format.ts';
import { encodeWav } from '#domain/stream/wav.ts';

const RECORDING_S = 34;
const MINUTE_MS = 60_000;

function session(number: number, change: Partial<Session>): Session {
  const createdAt = new Date(Date.now() - number * 700 * MINUTE_MS).toISOString();
  return {
    id: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`, kind: 'onboarding', status: 'completed', title: 'Onboarding interview', templateId: null,
    consent: { recording: true }, createdAt, startedAt: createdAt, endedAt: createdAt, durationMs: RECORDING_S * 1000, endReason: 'ended_by_person', sample: false, ...change,
  };
}
function item(number: number, speaker: string, text: string, startMs: number, endMs: number, unheardText?: string): TranscriptItem {
  return { itemId: `item-${number}`, revision: 1, speaker, text, startMs, endMs, startSample: msToSamples(startMs), endSample: msToSamples(endMs), ...(unheardText ? { unheardText } : {}) };
}

export const SESSIONS = [
  session(1, { title: 'Stars, telescopes and teaching' }),
  session(2, { title: 'Letter to Charles about the engine', kind: 'dictation', durationMs: 95_000 }),
  session(3, { title: 'First conversation', status: 'live' }),
  session(4, { title: 'Notes on Note G', kind: 'dictation', status: 'processing' }),
  session(5, { title: 'Interview on the train', status: 'partial' }),
  session(6, { title: 'Interview', status: 'failed', durationMs: 0 }),
];
export const TRANSCRIPT = [
  item(1, 'agent', 'Hello Ada, good to meet you. What have you been spending your time on lately?', 0, 4_800),
  item(2, 'user', 'Mostly looking at the stars, to be honest. I bought a small telescope last winter and I have been out with it almost every clear night since.', 5_200, 13_800),
  item(3, 'agent', 'A telescope of your own.', 14_200, 15_800, 'What was the first thing you pointed it at?'),
  item(4, 'user', 'And before you ask, yes, the first thing was Saturn. You can really see the rings, even with a small one.', 15_900, 22_400),
  item(5, 'agent', 'That must have been a moment. Who else has looked through it?', 23_000, 26_400),
  item(6, 'user', 'My neighbour’s children, mostly. I would like to teach a little class in the spring.', 27_000, 33_000),
];

function interest(number: number, topic: string, category: string, sentiment: Sentiment, quote: string, startMs: number, endMs: number, change: Partial<Interest> = {}): Interest {
  const itemId = TRANSCRIPT.find((line) => line.text.includes(quote))!.itemId;
  return { id: `00000000-0000-4000-9000-${String(number).padStart(12, '0')}`, topic, category, sentiment, confidence: 0.9, quote, startMs, endMs, itemId, status: 'detected', mentions: [{ itemId, quote, startMs, endMs }], ...change };
}
export const INTERESTS = [
  interest(1, 'astronomy', 'science', 'positive', 'looking at the stars', 5_600, 7_000, {
    status: 'confirmed',
    mentions: [{ itemId: 'item-2', quote: 'looking at the stars', startMs: 5_600, endMs: 7_000 }, { itemId: 'item-4', quote: 'You can really see the rings', startMs: 18_900, endMs: 20_800 }],
  }),
  interest(2, 'teaching', 'health', 'mixed', 'I would like to teach a little class', 29_900, 32_000),
  interest(3, 'small talk', 'everyday', 'negative', 'to be honest', 7_000, 7_600),
];
export const PROFILE: Profile = {
  summary: null,
  updatedAt: SESSIONS[0]!.createdAt,
  interests: INTERESTS.map(({ id, topic, category, sentiment, confidence, status, mentions }) => ({
    topic, category, sentiment, confidence, status,
    evidence: [0, 1, 2].flatMap((session) => mentions.map((mention) => ({ sessionId: SESSIONS[session]!.id, interestId: id, saidAt: SESSIONS[session]!.createdAt, ...mention }))),
  })),
};

/** What a search for a word of the transcript finds: a place to hear, one to read in a session still open, and no more than the title. */
export const FOUND: FoundSession[] = [
  { ...SESSIONS[0]!, match: found(TRANSCRIPT[1]!, ['telescope', 'clear night'], 2) },
  { ...SESSIONS[2]!, match: found({ ...TRANSCRIPT[4]!, text: `Who else ${'has looked and looked again, night after night, '.repeat(5)}through <b>the telescope</b>?` }, ['telescope'], 0) },
  SESSIONS[4]!,
];
function found(line: TranscriptItem, words: string[], more: number) {
  const marks = words.map((word) => ({ from: line.text.indexOf(word), to: line.text.indexOf(word) + word.length }));
  return searchMatchOf(line, marks, more);
}

/** As many and as long as they may become. */
export const MANY_INTERESTS: Interest[] = Array.from({ length: 14 }, (_, index) => {
  const one = INTERESTS[index % INTERESTS.length]!;
  const topic = ['repairing old mechanical wristwatches with my grandfather in the evenings', 'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen', 'chess'][index % 3]!;
  return { ...one, id: `00000000-0000-4000-9100-${String(index).padStart(12, '0')}`, topic: `${topic}${index < 3 ? '' : ` ${index}`}`, status: index % 2 ? 'detected' : 'confirmed' };
});

export interface Answers {
  sessions?: Session[];
  /** Of every session asked for. */
  session?: Partial<Session>;
  items?: TranscriptItem[];
  /** Of every session asked for. */
  interests?: Interest[];
  profile?: Profile;
  /** Of every session asked for. */
  followUp?: FollowUp;
}

/** Answers the page's requests about sessions with this data instead of the server's. Everything else goes through. */
export async function answerWith(page: Page, { sessions = SESSIONS, session: change = {}, items = TRANSCRIPT, interests = INTERESTS, profile = PROFILE, followUp }: Answers = {}): Promise<void> {
  let kept = interests;
  await page.route('**/api/profile', (route) => (route.request().method() === 'GET' ? route.fulfill({ json: profile }) : route.fulfill({ status: 204 })));
  await page.route(/\/api\/sessions\b/, async (route) => {
    const { pathname } = new URL(route.request().url());
    const [id, part, interestId] = pathname.replace(/^\/api\/sessions\/?/, '').split('/');
    if (!id) return route.fulfill({ json: { sessions: new URL(route.request().url()).searchParams.has('q') ? FOUND : sessions, nextCursor: null } });
    if (part === 'transcript') return route.fulfill({ json: { items } });
    if (part === 'follow-up') return route.fulfill({ json: { followUp: followUp ?? null } });
    if (part === 'interests') {
      const method = route.request().method();
      if (method === 'GET') return route.fulfill({ json: { interests: kept } });
      if (method === 'DELETE') {
        kept = kept.filter((one) => one.id !== interestId);
        return route.fulfill({ status: 204 });
      }
      kept = kept.map((one) => (one.id === interestId ? { ...one, ...(route.request().postDataJSON() as Partial<Interest>) } : one));
      return route.fulfill({ json: kept.find((one) => one.id === interestId) });
    }
    if (part === 'audio') return route.fulfill(recording(route.request().headers().range));
    if (part || route.request().method() !== 'GET') return route.fallback();
    return route.fulfill({ json: { ...(sessions.find((one) => one.id === id) ?? SESSIONS[0]), id, ...change } });
  });
}

/** A silent recording, whole or the range asked for: a browser seeks only where ranges are served. */
function recording(range: string | undefined): { status: number; contentType: string; headers: Record<string, string>; body: Buffer } {
  const wav = Buffer.from(encodeWav({ samples: new Int16Array(RECORDING_S * UPLINK_SAMPLE_RATE_HZ), sampleRateHz: UPLINK_SAMPLE_RATE_HZ }));
  const [, first = '0', last = ''] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? [];
  const start = Number(first);
  const end = last === '' ? wav.length : Number(last) + 1;
  const headers = { 'accept-ranges': 'bytes', ...(range ? { 'content-range': `bytes ${start}-${end - 1}/${wav.length}` } : {}) };
  return { status: range ? 206 : 200, contentType: 'audio/wav', headers, body: wav.subarray(start, end) };
}
