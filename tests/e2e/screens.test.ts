/** The pages as people meet them: in a theme (both with --all), on a narrow phone, by keyboard alone, and within their weight. */
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContextOptions, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { wordGroupsOf } from '#domain/session/word-groups.ts';
import { count } from '#tests/support/counts.ts';
import { expectAccessible } from '#tests/support/accessibility.ts';
import { sharedApp, type SharedApp } from '#tests/support/shared-app.ts';
import { NO_BROWSER, findChromium, launchBrowser, openPage, type WatchedPage } from '#tests/support/browser.ts';
import { FOUND, INTERESTS, MANY_INTERESTS, PROFILE, SESSIONS, TRANSCRIPT, answerWith, type Answers } from '#tests/support/screens-data.ts';

/** Compressed script of a first visit, in bytes. */
const LANDING_BUDGET_BYTES = 150_000;
const LIVE_BUDGET_BYTES = 220_000;
/** The narrowest phones in use. */
const NARROW = { width: 360, height: 740 };
const DESK = { width: 1280, height: 800 };
const STARTS_WITHIN_MS = 300_000;
const someSession = SESSIONS[0]!;

const hasBrowser = findChromium() !== undefined;
if (!hasBrowser) process.stderr.write(`${NO_BROWSER}\n`);

describe.skipIf(!hasBrowser)('the screens', () => {
  let app: SharedApp;
  let browser: Browser;
  beforeAll(async () => {
    [app, browser] = await Promise.all([sharedApp(), launchBrowser({ microphone: true })]);
  }, STARTS_WITHIN_MS);
  afterAll(async () => {
    await browser?.close();
  }, 30_000);

  /** A page of a person of their own who prefers typing; `name` null: signed out. */
  async function visit(name: string | null, options: BrowserContextOptions = {}, expected: RegExp[] = []): Promise<WatchedPage> {
    const watched = await openPage(browser, { baseURL: app.url, viewport: DESK, ...options }, expected);
    await watched.context.addInitScript(() => localStorage.setItem('spool.preferences', JSON.stringify({ microphone: false, voice: 'off' })));
    if (name !== null) {
      const answer = await watched.context.request.post('/api/auth/local', { data: { name, role: 'learner' } });
      expect(answer.status()).toBe(200);
    }
    return watched;
  }
  async function createSession(page: Page, kind: 'onboarding' | 'dictation'): Promise<string> {
    const answer = await page.context().request.post('/api/sessions', { data: { kind, consent: { recording: true } }, headers: { origin: app.url } });
    expect(answer.status()).toBe(201);
    return ((await answer.json()) as { session: { id: string } }).session.id;
  }
  async function startLive(page: Page, kind: 'onboarding' | 'dictation'): Promise<string> {
    const id = await createSession(page, kind);
    await page.goto(`/sessions/${id}/live`);
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.getByText('Connected', { exact: true }).waitFor();
    return id;
  }

  interface Screen {
    name: string;
    signedOut?: boolean;
    answers?: Answers;
    open(page: Page): Promise<void>;
  }
  const at = (path: string, heading: string | RegExp) => async (page: Page) => {
    await page.goto(path);
    await page.getByRole('heading', { name: heading }).first().waitFor();
  };
  const review = (answers: Answers, sign: string) => ({ answers, open: async (page: Page) => {
    await page.goto(`/sessions/${someSession.id}`);
    await page.getByText(sign).first().waitFor();
  } });
  const screens: Screen[] = [
    { name: 'the landing page', signedOut: true, open: at('/', 'Say it once') },
    { name: 'the sign-in page', signedOut: true, open: async (page) => {
      await at('/sign-in', 'Who is speaking?')(page);
      await page.getByText('Advanced').click();
      await page.getByRole('button', { name: 'Sign in' }).click();
    } },
    { name: 'a page that does not exist', open: at('/nowhere', 'The thread ends here') },
    { name: 'the session list', answers: {}, open: async (page) => {
      await at('/sessions', 'Sessions')(page);
      await page.getByText(someSession.title).waitFor();
    } },
    { name: 'an empty session list', answers: { sessions: [] }, open: at('/sessions', 'The spool is empty') },
    { name: 'the erase dialog', answers: {}, open: async (page) => {
      await page.goto('/sessions');
      await page.getByRole('button', { name: `Erase “${someSession.title}”` }).click();
      await page.getByRole('alertdialog').waitFor();
    } },
    { name: 'the session list with what was searched for', answers: {}, open: async (page) => {
      await page.goto('/sessions');
      await page.getByLabel('Search what was said').fill('telescope');
      await page.getByRole('link', { name: 'Play this moment' }).waitFor();
    } },
    { name: 'the choice of kinds', open: at('/sessions/new', 'What shall it be?') },
    { name: 'the preparation of an interview', open: at('/sessions/new?kind=onboarding', 'Before we talk') },
    { name: 'the preparation of a dictation, microphone open', open: async (page) => {
      await at('/sessions/new?kind=dictation', 'Before you dictate')(page);
      await page.getByRole('button', { name: 'Use a microphone' }).click();
      await page.getByRole('button', { name: 'Check the microphone' }).click();
      await page.getByText('We hear you.').waitFor();
    } },
    { name: 'the live interview', open: async (page) => {
      await startLive(page, 'onboarding');
      await page.getByText('Interviewer', { exact: true }).first().waitFor();
      // Comes with the first answer of the calculation; looked at while it comes, it has no name yet.
      await page.getByRole('region', { name: 'Progress' }).getByRole('button').waitFor();
    } },
    { name: 'the live interview, its areas shown', open: async (page) => {
      await startLive(page, 'onboarding');
      await page.getByRole('region', { name: 'Progress' }).getByRole('button', { name: 'What you enjoy' }).click();
      await page.getByRole('listitem').filter({ hasText: 'Your next step' }).waitFor();
    } },
    { name: 'the live page of a session that was erased', open: async (page) => {
      const id = await startLive(page, 'onboarding');
      await page.context().request.delete(`/api/sessions/${id}?erase=true`, { headers: { origin: app.url } });
      await page.getByRole('heading', { name: 'The session was erased' }).waitFor();
      expect(await page.getByRole('link', { name: 'Read and listen back' }).count()).toBe(0);
    } },
    { name: 'the live dictation, keys shown', open: async (page) => {
      await startLive(page, 'dictation');
      await page.getByRole('button', { name: 'Keys and help' }).click();
      await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    } },
    { name: 'the review', ...review({}, TRANSCRIPT[0]!.text) },
    { name: 'the review of a session still being finished', ...review({ session: { status: 'processing' } }, 'Your words are being finished') },
    { name: 'the review without a recording', ...review({ session: { consent: { recording: false } } }, 'There is no recording') },
    { name: 'the review of a silent session', ...review({ items: [] }, 'Nothing was said') },
    { name: 'the review while an interest is corrected', answers: {}, open: async (page) => {
      await page.goto(`/sessions/${someSession.id}`);
      await page.getByRole('button', { name: 'Correct “Astronomy”' }).click();
      await page.getByRole('form', { name: 'Correct “astronomy”' }).waitFor();
    } },
    { name: 'the review after an interest was deleted', answers: {}, open: async (page) => {
      await page.goto(`/sessions/${someSession.id}`);
      await page.getByRole('button', { name: 'Delete “Teaching”' }).click();
      await page.getByRole('button', { name: 'Undo' }).waitFor();
    } },
    { name: 'the review while words are heard', answers: {}, open: async (page) => {
      await page.goto(`/sessions/${someSession.id}`);
      await page.getByText('almost every clear night').click();
      await page.locator('[data-playing]').waitFor();
    } },
    { name: 'the review with many interests and long topics', answers: { interests: MANY_INTERESTS }, open: async (page) => {
      await page.goto(`/sessions/${someSession.id}`);
      await page.getByRole('button', { name: 'Show all 14 interests' }).click();
      await page.getByText('Chess 5').waitFor();
    } },
    { name: 'the review, its downloads shown', answers: {}, open: async (page) => {
      await page.goto(`/sessions/${someSession.id}`);
      await page.getByRole('button', { name: 'Download' }).click();
      await page.getByRole('menuitem', { name: 'Both voices' }).waitFor();
    } },
    { name: 'the review without interests', ...review({ interests: [] }, 'Nothing was noted as an interest') },
    { name: 'the profile', answers: {}, open: at('/profile', 'Science') },
    { name: 'an empty profile', answers: { profile: { interests: [], summary: null, updatedAt: null } }, open: at('/profile', 'Nothing is known about you yet') },
    { name: 'the question before the profile is forgotten', answers: {}, open: async (page) => {
      await at('/profile', 'Profile')(page);
      await page.getByRole('button', { name: 'Forget my profile' }).click();
      await page.getByRole('alertdialog').waitFor();
    } },
    { name: 'the review of an incomplete session', ...review({ session: { status: 'partial' } }, 'A part is missing') },
  ];

  // Every other one in the gate; what they are made of is the same.
  test.each(screens.filter((_, index) => index % count(2, 1) === 0))('$name has nothing axe objects to in its theme, fits a narrow phone and does not complain', async ({ signedOut, answers, open }) => {
    const { page, context, complaints } = await visit(signedOut ? null : 'Anton', { viewport: NARROW, reducedMotion: 'reduce' }, [/status of 404/]);
    if (answers) await answerWith(page, answers);
    await open(page);
    await expectAccessible(page);
    expect(complaints).toEqual([]);
    await context.close();
  });

  describe('weight', () => {
    async function scriptBytes(page: Page, path: string): Promise<number> {
      const sizes: Promise<number>[] = [];
      page.on('response', (response) => {
        if (response.request().resourceType() === 'script') sizes.push(response.body().then((body) => gzipSync(body).length));
      });
      await page.goto(path, { waitUntil: 'networkidle' });
      return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    }
    test('a first visit to the landing page loads at most 150 kB of compressed script', async () => {
      const { page, context } = await visit(null);
      expect(await scriptBytes(page, '/')).toBeLessThanOrEqual(LANDING_BUDGET_BYTES);
      await context.close();
    });
    test('a first visit to the live page loads at most 220 kB of compressed script', async () => {
      const { page, context } = await visit('Leo');
      expect(await scriptBytes(page, `/sessions/${await createSession(page, 'onboarding')}/live`)).toBeLessThanOrEqual(LIVE_BUDGET_BYTES);
      await context.close();
    });
  });

  describe('finding the way', () => {
    test('a signed-out person who opens an inner page signs in first and then arrives there', async () => {
      const { page, context } = await visit(null);
      await page.goto('/sessions/new?kind=dictation');
      expect(new URL(page.url()).pathname).toBe('/sign-in');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByText('Give a name').waitFor();
      await page.getByLabel('Your name').fill('Nora');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Before you dictate' }).waitFor();
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.waitForURL(`${app.url}/`);
      await page.goto('/sessions');
      expect(new URL(page.url()).pathname).toBe('/sign-in');
      await context.close();
    });

    test('a link that would lead away after signing in leads to the session list', async () => {
      const { page, context } = await visit(null);
      await page.goto('/sign-in?next=//evil.example/sessions');
      await page.getByLabel('Your name').fill('Nora');
      await page.keyboard.press('Enter');
      await page.waitForURL(`${app.url}/sessions`);
      await context.close();
    });

    test('a chosen theme holds over a reload and against the system', async () => {
      const { page, context } = await visit(null, { colorScheme: 'light' });
      await page.goto('/');
      const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
      await page.getByRole('button', { name: /Change to light/ }).click();
      await page.getByRole('button', { name: /Change to dark/ }).click();
      expect(await theme()).toBe('dark');
      await page.reload({ waitUntil: 'commit' });
      await page.locator('body').waitFor();
      expect(await theme()).toBe('dark');
      await context.close();
    });

    test('by keyboard alone a person signs in, prepares, answers in writing, ends and reads it back', async () => {
      const { page, context, complaints } = await visit(null, { reducedMotion: 'reduce' });
      await page.goto('/sessions/new?kind=onboarding');
      await page.getByLabel('Your name').waitFor();
      await page.keyboard.type('Kay');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Before we talk' }).waitFor();
      await page.getByText('You will type').waitFor();

      await tabTo(page, 'Yes, keep it');
      await page.keyboard.press('Space');
      await tabTo(page, 'Start the interview');
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/live$/);
      await page.getByText('Connected', { exact: true }).waitFor();
      await page.getByText('Interviewer', { exact: true }).first().waitFor();

      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keys' }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog', { name: 'Keys' }).waitFor({ state: 'detached' });
      await page.keyboard.press('t');
      await page.keyboard.type('I like building telescopes.');
      await page.keyboard.press('Enter');
      await page.getByRole('region', { name: 'Conversation' }).getByText('I like building telescopes.').waitFor();
      await page.keyboard.press('Escape');
      await page.keyboard.press('Space');
      await page.getByRole('button', { name: 'Resume' }).waitFor();
      await page.keyboard.press('Space');
      await page.getByRole('button', { name: 'Pause' }).waitFor();
      await page.keyboard.press('e');
      await page.getByRole('alertdialog', { name: 'End the interview?' }).waitFor();
      await tabTo(page, 'End it');
      await page.keyboard.press('Enter');

      await page.waitForURL(/\/sessions\/[0-9a-f-]{36}$/);
      await page.getByRole('list', { name: 'Transcript' }).getByText('I like building telescopes.').waitFor();
      await tabTo(page, 'Change the title');
      await page.keyboard.press('Enter');
      await page.keyboard.type('Telescopes');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Telescopes', exact: true }).waitFor();
      await tabTo(page, 'Undo');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Telescopes', exact: true }).waitFor({ state: 'detached' });
      await tabTo(page, 'Erase everything');
      await page.keyboard.press('Enter');
      await page.getByRole('alertdialog', { name: 'Erase this session?' }).waitFor();
      await tabTo(page, 'Erase for good');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'The spool is empty' }).waitFor();
      expect(complaints).toEqual([]);
      await context.close();
    });
  });

  test('what LangFlow wrote stands there as text of LangFlow, whatever it holds', async () => {
    const { page, context, complaints } = await visit('Lin');
    const text = 'In short: stars.\n<img src=x onerror="document.title=1">[press](javascript:alert(1))';
    await answerWith(page, { followUp: { text, madeBy: 'LangFlow', flow: 'spool-follow-up', madeAt: SESSIONS[0]!.createdAt } });
    await page.goto(`/sessions/${someSession.id}`);
    const part = page.getByRole('region', { name: 'Follow-up' });
    await part.getByText(text, { exact: true }).waitFor();
    expect(await part.textContent()).toContain('Written by LangFlow (flow spool-follow-up) from the transcript. Nobody checked it against what was said.');
    expect(await part.locator('img, a, script').count()).toBe(0);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('in place of a player whose recording is not kept any more stands that it is not', async () => {
    const { page, context, complaints } = await visit('Gus', {}, [/status of 404/]);
    await answerWith(page);
    await page.route('**/audio*', (route) => route.fulfill({ status: 404 }));
    await page.goto(`/sessions/${someSession.id}`);
    await page.getByText('The recording is not kept any more').waitFor();
    expect(await page.getByRole('region', { name: 'Recording' }).count()).toBe(0);
    await page.getByText(TRANSCRIPT[1]!.text).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('a press on a line of the transcript plays from there and marks it', async () => {
    const { page, context } = await visit('Rey');
    await answerWith(page);
    await page.goto(`/sessions/${someSession.id}`);
    await page.getByText(TRANSCRIPT[3]!.text).click();
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    const current = page.locator('li[aria-current]');
    expect(await current.textContent()).toContain(TRANSCRIPT[3]!.text);
    await page.keyboard.press('j');
    await expect.poll(() => current.textContent()).toContain(TRANSCRIPT[4]!.text);
    await page.getByText('Interviewer', { exact: true }).last().click();
    await expect.poll(() => page.locator('audio').getAttribute('src')).toContain('track=agent');
    expect(await current.textContent(), 'the place is kept').toContain(TRANSCRIPT[4]!.text);
    await context.close();
  });

  test('a press on words plays them, marks them while they are heard, and the keys go from words to words', async () => {
    const { page, context, complaints } = await visit('Wim');
    await answerWith(page);
    await page.goto(`/sessions/${someSession.id}`);
    const line = TRANSCRIPT[1]!;
    const groups = wordGroupsOf(line).map(({ from, to, startMs }) => ({ words: line.text.slice(from, to), startMs }));
    const playing = page.locator('[data-playing]');
    const nowMs = () => page.locator('audio').evaluate((audio: HTMLAudioElement) => Math.round(audio.currentTime * 1000));
    expect(groups.length).toBeGreaterThan(3);
    await page.getByText(groups[2]!.words, { exact: true }).click();
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await expect.poll(() => playing.textContent()).toBe(groups[2]!.words);
    expect(await nowMs()).toBeGreaterThanOrEqual(groups[2]!.startMs);
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
    await page.keyboard.press(',');
    await expect.poll(() => playing.textContent()).toBe(groups[1]!.words);
    await page.keyboard.press('.');
    await page.keyboard.press('.');
    await expect.poll(() => playing.textContent()).toBe(groups[3]!.words);
    // It goes on by itself, and the mark with it.
    await expect.poll(() => playing.textContent(), { timeout: 60_000 }).not.toBe(groups[3]!.words);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('a search marks the words found and leads to their moment, where they are heard', async () => {
    const { page, context, complaints } = await visit('Sam');
    await answerWith(page);
    await page.goto('/sessions');
    await page.getByLabel('Search what was said').fill('telescope');
    const rows = page.getByRole('list', { name: 'Sessions, newest first' }).getByRole('listitem');
    await expect.poll(() => rows.locator('mark').allTextContents()).toEqual(['telescope', 'clear night', 'telescope']);
    expect(await rows.nth(1).textContent(), 'what was said is text').toContain('<b>the telescope</b>');
    await page.getByText('3 sessions found.').waitFor({ state: 'attached' });
    await rows.first().getByText('and 2 more places').waitFor();
    await rows.nth(1).getByRole('link', { name: 'Go to this place' }).waitFor();
    const { startMs } = FOUND[0]!.match!;
    await rows.first().getByRole('link', { name: 'Play this moment' }).click();
    await page.waitForURL(`${app.url}/sessions/${someSession.id}?at=${startMs}&play=1`);
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    const nowMs = await page.locator('audio').evaluate((audio: HTMLAudioElement) => audio.currentTime * 1000);
    expect(nowMs).toBeGreaterThanOrEqual(startMs);
    await expect.poll(() => page.locator('[data-playing]').textContent()).toMatch(/telescope|clear night/);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('a browser that holds sound back keeps the place and says nothing of a failure', async () => {
    const { page, context, complaints } = await visit('Shy');
    // The driver of the browser counts as a person who pressed something, so the refusal is put on.
    await page.addInitScript(() => {
      const play = HTMLMediaElement.prototype.play;
      let refused = false;
      HTMLMediaElement.prototype.play = function () {
        if (refused) return play.call(this);
        refused = true;
        return Promise.reject(new DOMException('play() failed because the user did not interact with the document first.', 'NotAllowedError'));
      };
    });
    await answerWith(page);
    await page.goto(`/sessions/${someSession.id}?at=16000&play=1`);
    await expect.poll(() => page.locator('audio').evaluate((audio: HTMLAudioElement) => Math.round(audio.currentTime * 1000))).toBe(16_000);
    expect(await page.getByText('could not be loaded').count()).toBe(0);
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('the progress follows the questions, by typing and by skipping, and is there again after a reload', async () => {
    const { page, context, complaints } = await visit('Pat');
    await startLive(page, 'onboarding');
    const areas = page.getByRole('region', { name: 'Progress' }).getByRole('listitem');
    const states = async () => (await areas.allTextContents()).map((text) => text.split(', ')[1]);
    await expect.poll(states, { timeout: 60_000 }).toEqual(['now', 'still to come', 'still to come', 'still to come', 'still to come']);
    await page.getByText('Type your answer', { exact: true }).waitFor({ timeout: 60_000 });
    const lines = page.getByText('Interviewer', { exact: true });
    // A question at a time: whichever comes next, every area is reached in the end.
    for (let questions = 0; questions < 12 && (await states()).filter((state) => state !== 'still to come').length < 3; questions += 1) {
      const before = await lines.count();
      if (questions % 2 === 0) {
        await page.getByLabel('Type an answer').fill('I am not sure about that yet.');
        await page.keyboard.press('Enter');
      } else await page.getByRole('button', { name: 'Skip' }).click();
      await expect.poll(() => lines.count(), { timeout: 60_000 }).toBeGreaterThan(before);
      await page.getByText('Type your answer', { exact: true }).waitFor({ timeout: 60_000 });
    }
    const reached = await states();
    expect(reached.filter((state) => state === 'now')).toHaveLength(1);
    expect(reached.slice(0, 2)).toEqual(['talked about', 'talked about']);
    await page.reload();
    await page.getByRole('button', { name: 'Go on' }).click();
    await expect.poll(states, { timeout: 60_000 }).toEqual(reached);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('the profile can be taken along as data and as text', async () => {
    const { page, context } = await visit('Theo');
    await answerWith(page);
    await page.goto('/profile');
    const saved = async (name: string) => {
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()]);
      return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
    };
    const json = await saved('Export as JSON');
    expect([json.name, JSON.parse(json.text)]).toEqual(['spool-profile.json', PROFILE]);
    const markdown = await saved('Export as Markdown');
    expect(markdown.name).toBe('spool-profile.md');
    for (const words of ['# Profile', '### Astronomy', 'You like it · confirmed', '“I would like to teach a little class”', 'at 0:29', SESSIONS[0]!.id]) expect(markdown.text).toContain(words);
    await context.close();
  });

  test('an interest is heard exactly, confirmed, corrected, deleted and brought back', async () => {
    const { page, context, complaints } = await visit('Ida');
    await answerWith(page);
    await page.goto(`/sessions/${someSession.id}`);
    const first = INTERESTS[0]!;
    const card = (topic: string) => page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: topic }) });
    const scrolledTo = () => page.evaluate(() => Math.round(scrollY));
    await page.getByText(`“${first.quote}”`, { exact: true }).click();
    const from = await scrolledTo();
    await page.getByRole('button', { name: `Stop “${first.quote}”` }).waitFor();
    await page.getByRole('button', { name: `Hear “${first.quote}”` }).waitFor();
    expect(await page.locator('audio').evaluate((audio: HTMLAudioElement) => Math.round(audio.currentTime * 1000))).toBe(first.endMs);
    expect(await scrolledTo(), 'the card stays where it is').toBe(from);
    await page.getByRole('link', { name: 'At 0:05 in the transcript' }).click();
    await expect.poll(scrolledTo).toBeGreaterThan(from);

    await page.getByRole('button', { name: 'Confirm “Teaching”' }).click();
    await page.getByRole('button', { name: 'Confirmed: “Teaching”' }).waitFor();
    await page.getByRole('button', { name: 'Correct “Teaching”' }).click();
    await page.getByLabel('Interest', { exact: true }).fill('public speaking');
    await page.getByLabel('You like it').check();
    await page.getByRole('button', { name: 'Save' }).click();
    await card('Public speaking').getByText('You like it').waitFor();

    await page.getByRole('button', { name: 'Delete “Public speaking”' }).click();
    await card('Public speaking').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await card('Public speaking').waitFor();
    const erased = page.waitForRequest((request) => request.method() === 'DELETE' && request.url().endsWith(first.id));
    await page.getByRole('button', { name: 'Delete “Astronomy”' }).click();
    await page.getByRole('link', { name: 'Sessions', exact: true }).first().click();
    await erased;
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('a link of the profile leads to the moment it was said', async () => {
    const { page, context } = await visit('Petra');
    await answerWith(page);
    await page.goto('/profile');
    await page.getByRole('link', { name: /teach a little class/ }).first().click();
    await page.waitForURL(/\?at=29900$/);
    const current = page.locator('li[aria-current]');
    await expect.poll(() => current.textContent()).toContain(TRANSCRIPT[5]!.text);
    await expect.poll(() => page.locator('audio').evaluate((audio: HTMLAudioElement) => Math.round(audio.currentTime * 1000))).toBe(29_900);
    await context.close();
  });

  test('a person whose server is away reads so and can try again', async () => {
    const { page, context } = await visit('Una', {}, [/ERR_FAILED/]);
    await page.route('**/api/sessions*', (route) => route.abort());
    await page.goto('/sessions');
    await page.getByText('Spool does not answer').waitFor();
    await page.unroute('**/api/sessions*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'The spool is empty' }).waitFor();
    await context.close();
  });
});

/** Presses Tab until the focus is on the control with this name; a hundred presses are a dead end. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 100; presses++) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      return element?.getAttribute('aria-label') ?? (element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : element?.textContent) ?? '';
    });
    if (focused.trim().startsWith(name)) return;
  }
  throw new Error(`Tab never reached “${name}”.`);
}
