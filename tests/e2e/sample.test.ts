/** A sample in a real browser without a microphone: made by one press, followed while it grows, listened to, removed by one press. */
import type { Page } from 'playwright';
import type { Session } from '#domain/session/session.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible } from '#tests/support/accessibility.ts';
import { sharedApp, type SharedApp } from '#tests/support/shared-app.ts';
import { NO_BROWSER, findChromium, launchBrowser, openPage } from '#tests/support/browser.ts';
import { count } from '#tests/support/counts.ts';
import { SESSIONS, answerWith } from '#tests/support/screens-data.ts';
import { type Visitor, visit } from '#tests/support/visitor.ts';

const STARTS_WITHIN_MS = 300_000;
/** The whole of it takes a little more than two minutes; on a busy machine more. */
const MADE_WITHIN_MS = 280_000;
/** The gate ends the conversation after so many interests; `--all` hears it to its end. */
const INTERESTS_TO_SEE = count(2, 4);
const TO_THE_END = count(0, 1) === 1;
const PATIENCE = { timeout: 60_000, interval: 100 };
const NARROW = { width: 360, height: 740 };
const AUDIBLE = 0.01;
const MINUTE_MS = 60_000;

const hasBrowser = findChromium() !== undefined;
if (!hasBrowser) process.stderr.write(`${NO_BROWSER}\n`);

describe.skipIf(!hasBrowser)('a sample', () => {
  let app: SharedApp;
  beforeAll(async () => {
    app = await sharedApp();
  }, STARTS_WITHIN_MS);

  const claims = (page: Page) => page.getByRole('region', { name: 'Robin’s interests' }).getByRole('listitem').filter({ has: page.getByRole('heading') });

  test('is made by one press, read while it grows, heard, and gone with another press', async () => {
    const ada = await visit(app.url, { name: 'Alma', microphone: {}, expected: [/status of 404/] });
    const { page, context } = ada;
    await page.goto('/sessions');
    await page.getByRole('button', { name: 'Make a sample interview' }).click();
    await page.waitForURL(/\/sessions\/[0-9a-f-]{36}$/);
    await page.getByRole('progressbar', { name: 'The sample' }).waitFor();
    const id = ada.sessionId();

    // The list shows it, and neither it nor the live page gives the seat away.
    await page.goto('/sessions');
    await page.getByText('Being made').waitFor();
    await page.getByRole('link', { name: 'Sample interview' }).click();
    await page.waitForURL(new RegExp(`/sessions/${id}$`));
    await page.goto(`/sessions/${id}/live`);
    await page.waitForURL(new RegExp(`/sessions/${id}$`));
    // Asked for again it is the same one.
    await page.goto('/sessions/new');
    await page.getByRole('button', { name: 'Make a sample interview' }).click();
    await page.waitForURL(new RegExp(`/sessions/${id}$`));

    const transcript = page.getByRole('list', { name: 'Transcript' });
    await transcript.getByText(/Robin, /).first().waitFor({ timeout: 60_000 });
    await expect.poll(() => claims(page).count(), { ...PATIENCE, timeout: MADE_WITHIN_MS }).toBeGreaterThanOrEqual(INTERESTS_TO_SEE);
    if (!TO_THE_END) await context.request.delete(`/api/sessions/${id}`, { headers: { origin: app.url } });
    await page.getByText('Complete', { exact: true }).waitFor({ timeout: MADE_WITHIN_MS });
    await page.getByText('Robin is invented').waitFor();
    await page.getByRole('heading', { name: 'Astronomy' }).waitFor();
    if (TO_THE_END) await transcript.getByText(/goodbye/i).waitFor();

    // A quote is heard in Robin's own voice, and the place follows, though the recording came after the page.
    await page.getByRole('button', { name: /^Hear “.*stars/ }).click();
    await expect.poll(() => page.locator('audio').evaluate((audio: HTMLAudioElement) => audio.currentTime), PATIENCE).toBeGreaterThan(0.5);
    await expect.poll(async () => Number(await page.getByRole('slider', { name: 'Place in the recording' }).inputValue()), PATIENCE).toBeGreaterThan(500);
    await recordingIsAudible(ada);

    // It says nothing about the person.
    await page.goto('/profile');
    await page.getByText('Nothing is known about you yet').waitFor();

    await page.goto(`/sessions/${id}`);
    await page.getByRole('button', { name: 'Remove the sample' }).click();
    await page.getByText('The spool is empty').waitFor();
    expect((await context.request.get(`/api/sessions/${id}`)).status()).toBe(404);
    expect((await context.request.get(`/api/sessions/${id}/interests`)).status()).toBe(404);
    expect(ada.complaints).toEqual([]);
    await ada.close();
  }, 2 * MADE_WITHIN_MS);

  /** What the pages show of samples in other states than a fresh one. */
  const sample = (minutesAgo: number, change: Partial<Session>): Session => ({ ...SESSIONS[0]!, sample: true, title: 'Sample interview', createdAt: new Date(Date.now() - minutesAgo * MINUTE_MS).toISOString(), ...change });
  const states: [string, () => Session, string][] = [
    ['being made', () => sample(1, { status: 'live', durationMs: 0, endedAt: null }), 'The sample is being made'],
    ['that nobody makes any more', () => sample(20, { status: 'created', durationMs: 0, endedAt: null }), 'This sample was not finished'],
    ['that broke off', () => sample(5, { status: 'partial' }), 'This sample was not finished'],
    ['that is complete', () => sample(5, {}), 'Robin is invented'],
  ];
  test('in any state is shown without anything axe objects to, on a narrow phone, in its theme', async () => {
    const browser = await launchBrowser();
    const list = states.map(([, session], index) => ({ ...session(), id: SESSIONS[index]!.id }));
    for (const [name, session, sign] of [...states, ['the list of all of them', () => list[0]!, 'Sample interview'] as const]) {
      const { page, context, complaints } = await openPage(browser, { baseURL: app.url, viewport: NARROW, reducedMotion: 'reduce' });
      await context.request.post('/api/auth/local', { data: { name: 'Aron', role: 'learner' } });
      await answerWith(page, { sessions: list, session: session() });
      await page.goto(sign === 'Sample interview' ? '/sessions' : `/sessions/${SESSIONS[0]!.id}`);
      await page.getByText(sign).first().waitFor();
      await expectAccessible(page);
      expect(complaints, name).toEqual([]);
      await context.close();
    }
    await browser.close();
  });

  test('that was not finished is made again in its own place', async () => {
    const browser = await launchBrowser();
    const { page, context, complaints } = await openPage(browser, { baseURL: app.url });
    await context.request.post('/api/auth/local', { data: { name: 'Berta', role: 'learner' } });
    const first = (await (await context.request.post('/api/sessions/sample', { headers: { origin: app.url } })).json()) as Session;
    await page.route(`**/api/sessions/${first.id}`, (route) => (route.request().method() === 'GET' ? route.fulfill({ json: { ...first, status: 'partial' } }) : route.fallback()));
    await page.goto(`/sessions/${first.id}`);
    await page.getByRole('button', { name: 'Make it again' }).click();
    await page.getByText('The sample is being made').waitFor();
    expect(page.url()).not.toContain(first.id);
    const { sessions } = (await (await context.request.get('/api/sessions')).json()) as { sessions: Session[] };
    expect(sessions.map(({ id }) => id)).toEqual([new URL(page.url()).pathname.split('/').at(-1)]);
    expect(complaints).toEqual([]);
    const gone = `/api/sessions/${sessions[0]!.id}`;
    // While it is being made the press that removes it is there as well; what the page was just asking for may then be gone.
    await page.getByRole('button', { name: 'Remove the sample' }).click();
    await page.getByText('The spool is empty').waitFor();
    expect(complaints.filter((text) => !(text.includes('404') && text.includes(gone)))).toEqual([]);
    await browser.close();
  });
});

/** The track of the person alone: a voice, not only a room. */
async function recordingIsAudible(visitor: Visitor): Promise<void> {
  const { samples } = await visitor.audio('user');
  const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0) / 32_768;
  expect(peak).toBeGreaterThan(AUDIBLE);
}
