/**
 * A whole onboarding, spoken: the person waits for the interviewer, talks over it, gives something up, asks for a repetition,
 * corrects the sum-up, and afterwards hears the evidence, edits, exports and erases. Everything behind the page is the real thing.
 */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Interest } from '#domain/interests/interest.ts';
import { parseWav } from '#domain/stream/wav.ts';
import { startApp, type AppInstance } from '#tests/support/app-instance.ts';
import { NO_BROWSER, findChromium } from '#tests/support/browser.ts';
import { filesHolding, tablesHolding } from '#tests/support/leftovers.ts';
import { plugInTalkingMicrophone, say } from '#tests/support/talking-microphone.ts';
import { startSession, visit, type Visitor } from '#tests/support/visitor.ts';

const STARTS_WITHIN_MS = 300_000;
const PATIENCE = { timeout: 60_000, interval: 50 };
const SEARCH = { timeout: 60_000, interval: 500 };
/** A place that nothing else here mentions, and that is heard as it is said. */
const CANARY = 'Scotland';
/** Whatever the topic is called that baking bread comes to. */
const BREAD = /bread|baking/i;
const hasBrowser = findChromium() !== undefined;
if (!hasBrowser) process.stderr.write(`${NO_BROWSER}\n`);

describe.skipIf(!hasBrowser)('a whole onboarding', () => {
  let app: AppInstance;
  let visitor: Visitor | undefined;
  beforeAll(async () => {
    app = await startApp();
  }, STARTS_WITHIN_MS);
  afterEach(() => visitor?.close());
  afterAll(() => app?.stop(), 30_000);

  test('is spoken, understood with its evidence, reviewed, corrected, exported and erased without a trace', { timeout: 240_000 }, async () => {
    const ada = (visitor = await visit(app.url, { name: 'Ada', microphone: { microphone: true } }));
    const { page, record } = ada;
    await plugInTalkingMicrophone(ada.context);
    await startSession(page, 'onboarding');
    const cards = page.getByRole('region', { name: 'Interests' });
    const captions = page.getByRole('region', { name: 'Conversation' });
    const card = (name: string | RegExp) => cards.getByRole('listitem').filter({ has: page.getByRole('heading', { name }) });
    const spoken = () => record.receivedOf('agent.done').length + record.receivedOf('agent.interrupted').length;
    /** Waits until the interviewer has said its piece, answers, and waits until it was understood. */
    const answer = async (text: string) => {
      await expect.poll(() => record.receivedOf('agent.state').at(-1)?.state, PATIENCE).toBe('listening');
      const turns = spoken();
      const finals = record.receivedOf('transcript.final').filter(({ speaker }) => speaker === 'user').length;
      await say(page, text);
      await expect.poll(() => record.receivedOf('transcript.final').filter(({ speaker }) => speaker === 'user').length, PATIENCE).toBeGreaterThan(finals);
      return { replied: () => expect.poll(spoken, PATIENCE).toBeGreaterThan(turns) };
    };

    /** Says it until it was understood: now and then the recognizer mishears, and a person says it again. */
    const tell = async (text: string, understood: () => Promise<unknown>) => {
      for (let times = 0; times < 2; times += 1) {
        await (await answer(text)).replied();
        const heard = await understood().then(() => true, () => false);
        if (heard) return;
      }
      await (await answer(text)).replied();
      await understood();
    };
    const soon = { timeout: 10_000 };

    // Talking over the greeting: it stops, and the interest stands beside the conversation with the very words.
    await page.getByText('The interviewer is speaking').waitFor();
    await say(page, 'Hello. I love looking at the stars and planets at night.');
    await expect.poll(() => record.receivedOf('agent.interrupted').length, PATIENCE).toBe(1);
    await captions.getByTitle('You interrupted here').waitFor();
    await card('Astronomy').getByText(/looking at the stars/i).waitFor();
    await card('Astronomy').getByText('You like it').waitFor();

    // Given up is not liked.
    await tell('I used to play chess, but I do not play it any more.', () => card('Chess').getByText('Not for you').waitFor(soon));

    // Somebody else's liking is nobody's card; the place is the word that must be gone in the end.
    await tell(`My brother loves football. I bake bread with my grandmother in ${CANARY}.`, () => card(BREAD).waitFor(soon));
    expect(await cards.getByRole('heading', { name: /football/i }).count()).toBe(0);

    // A command in the person's own words: shown, and obeyed.
    const asked = record.receivedOf('agent.text').length;
    const commands = () => record.receivedOf('command.recognized').map(({ command }) => command);
    await tell('Could you repeat that, please?', () => expect.poll(commands, soon).toEqual(['repeat']));
    await page.getByText('Here it is again.').waitFor();
    await expect.poll(() => record.receivedOf('agent.text').length, PATIENCE).toBeGreaterThan(asked);

    await tell('I would like to learn how to play the violin.', () => card('Violin').waitFor(soon));

    // The person has said all: the sum-up tells likes from dislikes; what is wrong in it is put right.
    await (await answer('That is all I can think of.')).replied();
    const lastUtterance = record.receivedOf('agent.text').at(-1)!.utterance;
    const summary = record.receivedOf('agent.text').filter(({ utterance }) => utterance === lastUtterance).map(({ text }) => text).join('');
    expect(summary).toMatch(/astronomy|stars/i);
    expect(summary).toMatch(/chess/i);
    await tell('No, not the violin. I meant the piano.', async () => {
      await card('Piano').waitFor(soon);
      await expect.poll(() => card('Violin').count(), soon).toBe(0);
    });
    await answer('Yes, that is right.');
    await page.getByRole('link', { name: 'Read and listen back' }).click();
    await page.waitForURL(/\/sessions\/[0-9a-f-]{36}$/);
    await page.getByText('Complete', { exact: true }).waitFor();
    expect(record.receivedOf('agent.text').map(({ text }) => text).join('')).toMatch(/Goodbye/);

    await replayed(page, ada, 'Astronomy');
    await edited(page, ada);
    await exported(page);

    // Erased: no table, no file, no queue and no log still holds the word or the sound of it.
    const said = (await ada.transcript()).find(({ text }) => text.includes(CANARY))!;
    const sound = (await ada.audio('user')).samples.subarray(said.startSample + 8_000, said.startSample + 8_064);
    const bytes = Buffer.from(sound.buffer, sound.byteOffset, sound.byteLength);
    expect(await tablesHolding(app.run().databaseUrl, CANARY), 'the dump finds what is there').toContain('public.interests');
    await expect.poll(() => filesHolding(app.dataDir, bytes), { ...SEARCH, message: 'the search finds what is there' }).not.toEqual([]);
    await page.getByRole('button', { name: 'Erase everything' }).click();
    await page.getByRole('button', { name: 'Erase for good' }).click();
    await page.waitForURL(`${app.url}/sessions`);
    await expect.poll(() => tablesHolding(app.run().databaseUrl, CANARY), SEARCH).toEqual([]);
    await expect.poll(() => filesHolding(app.dataDir, Buffer.from(CANARY)), SEARCH).toEqual([]);
    await expect.poll(() => filesHolding(app.dataDir, bytes), SEARCH).toEqual([]);
    expect(ada.complaints).toEqual([]);
  });
});

const claims = (page: Page) => page.getByRole('region', { name: 'Your interests' }).getByRole('listitem');

/** A quote is heard from where it was said, and stops where it ends. */
async function replayed(page: Page, visitor: Visitor, name: string): Promise<void> {
  const found = await interestsOf(visitor);
  const interest = found.find(({ topic }) => topic === name.toLowerCase())!;
  const item = (await visitor.transcript()).find(({ itemId }) => itemId === interest.itemId)!;
  expect(item.text).toContain(interest.quote);
  expect(interest.startMs).toBeGreaterThanOrEqual(item.startMs);
  expect(interest.endMs).toBeLessThanOrEqual(item.endMs);
  await claims(page).filter({ has: page.getByRole('heading', { name }) }).getByRole('button', { name: /^Hear/ }).first().click();
  const audio = page.locator('audio');
  const positionMs = () => audio.evaluate((element: HTMLAudioElement) => element.currentTime * 1_000);
  await expect.poll(() => audio.evaluate((element: HTMLAudioElement) => !element.paused), PATIENCE).toBe(true);
  expect(await positionMs()).toBeGreaterThanOrEqual(interest.startMs - 200);
  await expect.poll(() => audio.evaluate((element: HTMLAudioElement) => element.paused), PATIENCE).toBe(true);
  expect(Math.abs((await positionMs()) - interest.endMs), 'ms between the end of the quote and where it stopped').toBeLessThan(600);
}

/** One is renamed, one confirmed, one deleted; the page and the interface agree. */
async function edited(page: Page, visitor: Visitor): Promise<void> {
  await page.getByRole('button', { name: /^Correct .*(?:bread|baking)/i }).click();
  await page.getByLabel('Interest', { exact: true }).fill('Sourdough');
  await page.getByRole('button', { name: 'Save' }).click();
  await claims(page).filter({ has: page.getByRole('heading', { name: 'Sourdough' }) }).waitFor();
  await page.getByRole('button', { name: 'Confirm “Astronomy”' }).click();
  await page.getByRole('button', { name: 'Confirmed: “Astronomy”' }).waitFor();
  await page.getByRole('button', { name: 'Delete “Chess”' }).click();
  await expect.poll(async () => (await interestsOf(visitor)).map(({ topic, status }) => `${topic} ${status}`).toSorted(), PATIENCE).toEqual(['astronomy confirmed', 'piano detected', 'sourdough confirmed']);
}

/** The words and both voices leave as files. */
async function exported(page: Page): Promise<void> {
  const download = async (item: RegExp) => {
    await page.getByRole('button', { name: 'Download' }).click();
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem').filter({ hasText: item }).click()]);
    return readFile(await file.path());
  };
  expect((await download(/\.vtt/)).toString('utf8')).toMatch(/^WEBVTT/);
  expect((await download(/\.json/)).toString('utf8')).toContain(CANARY);
  const wav = parseWav(new Uint8Array(await download(/both voices/i)));
  expect(wav.samples.length / wav.sampleRateHz).toBeGreaterThan(30);
}

async function interestsOf({ context, sessionId }: Visitor): Promise<Interest[]> {
  const answer = await context.request.get(`/api/sessions/${sessionId()}/interests`);
  return ((await answer.json()) as { interests: Interest[] }).interests;
}
