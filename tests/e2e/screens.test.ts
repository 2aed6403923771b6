/** The pages as people meet them: in both themes, on a narrow phone, by keyboard alone, and within their weight. */
import { gzipSync } from 'node:zlib';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type AppInstance } from '#tests/support/app-instance.ts';
import { NO_BROWSER, findChromium, launchBrowser, openPage, type WatchedPage } from '#tests/support/browser.ts';
import { INTERESTS, SESSIONS, TRANSCRIPT, answerWith, type Answers } from '#tests/support/screens-data.ts';

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
  let app: AppInstance;
  let browser: Browser;
  beforeAll(async () => {
    [app, browser] = await Promise.all([startApp(), launchBrowser({ microphone: true })]);
  }, STARTS_WITHIN_MS);
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
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
  async function startLive(page: Page, kind: 'onboarding' | 'dictation'): Promise<void> {
    await page.goto(`/sessions/${await createSession(page, kind)}/live`);
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.getByText('Connected', { exact: true }).waitFor();
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

  describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
    test.each(screens)('$name has nothing axe objects to, fits a narrow phone and does not complain', async ({ signedOut, answers, open }) => {
      const { page, context, complaints } = await visit(signedOut ? null : 'Axel', { colorScheme, viewport: NARROW, reducedMotion: 'reduce' }, [/status of 404/]);
      if (answers) await answerWith(page, answers);
      await open(page);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), 'scrolls sideways').toBeLessThanOrEqual(NARROW.width);
      expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe(colorScheme);
      expect(complaints).toEqual([]);
      await context.close();
    });
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

  test('an interest is heard exactly, confirmed, corrected, deleted and brought back', async () => {
    const { page, context, complaints } = await visit('Ida');
    await answerWith(page);
    await page.goto(`/sessions/${someSession.id}`);
    const first = INTERESTS[0]!;
    const card = (topic: string) => page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: topic }) });
    await page.getByRole('button', { name: `Hear “${first.quote}”` }).click();
    await page.getByRole('button', { name: `Stop “${first.quote}”` }).waitFor();
    await page.getByRole('button', { name: `Hear “${first.quote}”` }).waitFor();
    expect(await page.locator('audio').evaluate((audio: HTMLAudioElement) => Math.round(audio.currentTime * 1000))).toBe(first.endMs);

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
    const { page, context } = await visit('Pia');
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
