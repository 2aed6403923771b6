/** The code interview as its people meet it: preparing, coming in as a guest, typing without a connection, running, and what remains. */
import type { Browser, BrowserContextOptions, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible } from '#tests/support/accessibility.ts';
import { sharedApp, type SharedApp } from '#tests/support/shared-app.ts';
import { NO_BROWSER, findChromium, launchBrowser, openPage, type WatchedPage } from '#tests/support/browser.ts';
import { builtInProblem } from '#tests/support/code-room.ts';
import { count } from '#tests/support/counts.ts';

const STARTS_WITHIN_MS = 300_000;
const DESK = { width: 1280, height: 720 };
const NARROW = { width: 360, height: 740 };
const LONG = { timeout: 60_000 };
const SOLUTION = `def two_sum(numbers, target):
    seen = {}
    for index, number in enumerate(numbers):
        if target - number in seen:
            return [seen[target - number], index]
        seen[number] = index
    return []
`;

const hasBrowser = findChromium() !== undefined;
if (!hasBrowser) process.stderr.write(`${NO_BROWSER}\n`);

describe.skipIf(!hasBrowser)('a code interview', () => {
  let app: SharedApp;
  let browser: Browser;
  beforeAll(async () => {
    [app, browser] = await Promise.all([sharedApp(), launchBrowser()]);
  }, STARTS_WITHIN_MS);
  afterAll(async () => {
    await browser?.close();
  }, 30_000);

  /** Somebody who prefers typing; `role` null: nobody the server knows. */
  async function visit(name: string, role: 'learner' | 'interviewer' | null, options: BrowserContextOptions = {}, expected: RegExp[] = []): Promise<WatchedPage> {
    const watched = await openPage(browser, { baseURL: app.url, viewport: DESK, reducedMotion: 'reduce', ...options }, expected);
    await watched.context.addInitScript(() => localStorage.setItem('spool.preferences', JSON.stringify({ microphone: false, voice: 'off' })));
    if (role) expect((await watched.context.request.post('/api/auth/local', { data: { name, role } })).status()).toBe(200);
    return watched;
  }
  async function call(page: Page, method: string, path: string, data?: unknown, headers: Record<string, string> = {}) {
    const answer = await page.context().request.fetch(path, { method, headers: { origin: app.url, ...headers }, ...(data === undefined ? {} : { data }) });
    return { status: answer.status(), json: answer.status() === 204 ? null : await answer.json().catch(() => null) };
  }
  async function createInterview(page: Page): Promise<string> {
    const { json } = await call(page, 'POST', '/api/sessions', { kind: 'code', templateId: 'two-sum', title: 'The missing difference', consent: { recording: true } });
    return json.session.id;
  }
  const editor = (page: Page) => page.locator('.cm-content');
  const saved = (page: Page) => page.locator('[data-saving=saved]').waitFor(LONG);
  const file = async (page: Page, id: string, path = 'solution.py'): Promise<string> => (await call(page, 'GET', `/api/files/${id}/${path}`)).json.content;
  async function openWorkspace(page: Page, id: string, { start = true } = {}): Promise<void> {
    await page.goto(`/sessions/${id}/live`);
    if (!start) return;
    await page.getByRole('button', { name: /^(Start|Go on)$/ }).locator('visible=true').click();
    await page.getByText('Connected', { exact: true }).waitFor({ state: 'attached', ...LONG });
  }
  async function startInPython(page: Page): Promise<void> {
    await page.getByRole('button', { name: 'Python', exact: true }).click();
    await editor(page).waitFor();
    await saved(page);
  }
  async function typeAtEnd(page: Page, text: string): Promise<void> {
    await editor(page).click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(text);
  }
  async function replaceAll(page: Page, text: string): Promise<void> {
    await editor(page).click();
    await page.keyboard.press('Control+A');
    // As one paste: typing it would indent by itself.
    await page.keyboard.insertText(text);
  }
  test('somebody chooses a problem, types, and finds it again after a reload in the middle of a word', async () => {
    const { page, context, complaints } = await visit('Ada', 'learner');
    await page.goto('/sessions/new?kind=code');
    await page.getByLabel('Difficulty').selectOption('easy');
    await page.getByText('The missing difference').click();
    await page.getByRole('button', { name: 'Start the interview' }).click();
    await page.getByText('Choose one of the two, then start.').waitFor();
    await page.getByText('Yes, keep it').click();
    await page.getByRole('button', { name: 'Start the interview' }).click();
    await page.waitForURL(/\/live$/);
    await page.getByText('Connected', { exact: true }).waitFor({ state: 'attached', ...LONG });
    await startInPython(page);
    await typeAtEnd(page, '\n# saved');
    await saved(page);
    const id = /sessions\/([0-9a-f-]{36})/.exec(page.url())![1]!;
    expect(await file(page, id)).toMatch(/# saved$/);
    await page.keyboard.type(' and this is in the mid');
    await page.reload();
    await page.getByText('# saved and this is in the mid').waitFor(LONG);
    await saved(page);
    expect(await file(page, id)).toMatch(/# saved and this is in the mid$/);
    // What was typed is in the log as it was typed.
    const { json } = await call(page, 'GET', `/api/sessions/${id}/events`);
    const changes = json.events.filter(({ type }: any) => type === 'editor').flatMap(({ data }: any) => data.changes);
    expect(changes.filter((change: any) => change.event === 'type').map((change: any) => change.insert).join('')).toContain('# saved');
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('what is typed without a connection is put together with what was saved elsewhere', async () => {
    const { page, context } = await visit('Bea', 'learner', {}, [/ERR_INTERNET_DISCONNECTED/, /WebSocket/, /status of 412/]);
    const id = await createInterview(page);
    await call(page, 'POST', '/api/files', { sessionId: id, filePath: 'notes.py', content: 'one\ntwo\nthree\n' });
    await openWorkspace(page, id);
    await page.getByText('three').waitFor();
    await context.setOffline(true);
    await editor(page).click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('# offline\n');
    await page.getByText('Offline, kept here').first().waitFor(LONG);
    const elsewhere = await call(page, 'PUT', `/api/files/${id}/notes.py`, { content: 'one\ntwo\nthree\nelsewhere\n' });
    expect(elsewhere.status).toBe(200);
    await context.setOffline(false);
    await saved(page);
    await page.getByText('elsewhere').first().waitFor();
    expect(await file(page, id, 'notes.py')).toBe('# offline\none\ntwo\nthree\nelsewhere\n');

    // The same line on both sides: both stay until the person decides.
    await context.setOffline(true);
    await editor(page).click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('# mine: ');
    await call(page, 'PUT', `/api/files/${id}/notes.py`, { content: '# theirs\none\ntwo\nthree\nelsewhere\n' });
    await context.setOffline(false);
    await page.getByText('Both versions are in the file.').waitFor(LONG);
    await page.getByRole('button', { name: 'Keep both' }).click();
    await page.getByText('Both versions are in the file.').waitFor({ state: 'detached' });
    await saved(page);
    expect(await file(page, id, 'notes.py')).toBe('# mine: # offline\n# theirs\none\ntwo\nthree\nelsewhere\n');
    await context.close();
  });

  test('tests fail, show the first difference, and pass once the code is right', async (context) => {
    const { page, context: browserContext, complaints } = await visit('Cai', 'learner', {}, [/status of 503/]);
    const id = await createInterview(page);
    await openWorkspace(page, id);
    await startInPython(page);
    await page.getByRole('button', { name: 'Run tests' }).click();
    await page.getByText(/tests? fails?$|Code cannot be run here|not installed/).first().waitFor(LONG);
    if ((await page.getByText(/Code cannot be run here|not installed/).count()) > 0) {
      context.skip('code cannot be run on this machine; ./spool doctor tells what to install');
    }
    await page.getByText('At [0]: expected 1, and nothing came.').waitFor();
    await expectAccessible(page, ['light']);
    await replaceAll(page, SOLUTION);
    await page.keyboard.press('Control+Enter');
    await page.getByText('All tests pass').waitFor(LONG);
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.getByText(/^\d+ of \d+ hidden tests pass$/).waitFor(LONG);
    expect(await page.getByText('one booking must not be used twice').count(), 'names of hidden tests stay hidden').toBe(0);
    await replaceAll(page, 'print("\\033[31mred\\033[0m", input())\n');
    await page.getByRole('tab', { name: /^Input/ }).click();
    await page.getByLabel(/reads from standard input/).fill('hello');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByText('The program ran to its end').waitFor(LONG);
    expect(await page.getByLabel('Output').textContent()).toContain('red hello');
    expect(complaints).toEqual([]);
    await browserContext.close();
  });

  test('files are made, renamed, deleted and brought back', async () => {
    const { page, context } = await visit('Dov', 'learner');
    const id = await createInterview(page);
    await openWorkspace(page, id, { start: false });
    await startInPython(page);
    await page.getByRole('button', { name: 'New file' }).click();
    await page.getByLabel('Name of the new file').fill('../escape.py');
    await page.keyboard.press('Enter');
    await page.getByText('may not contain "." or ".."').waitFor();
    await page.getByLabel('Name of the new file').fill('helper.py');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'helper.py', exact: true }).waitFor();
    await typeAtEnd(page, 'help = 1');
    await saved(page);
    await page.getByRole('button', { name: 'Rename helper.py' }).click();
    await page.getByLabel('New name of helper.py').fill('lib/helper.py');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Delete lib/helper.py' }).click();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'lib/helper.py', exact: true }).waitFor();
    await saved(page);
    const { json } = await call(page, 'GET', `/api/files/${id}`);
    expect(json.files.map(({ path }: any) => path)).toEqual(['lib/helper.py', 'solution.py']);
    expect(await file(page, id, 'lib/helper.py')).toBe('help = 1');
    await context.close();
  });

  test('everything can be reached and moved by keyboard, and Vim’s keys are remembered', async () => {
    const { page, context } = await visit('Eli', 'learner');
    const id = await createInterview(page);
    await openWorkspace(page, id, { start: false });
    await startInPython(page);
    const width = page.getByRole('separator', { name: 'Width of the problem' });
    await width.focus();
    const before = Number(await width.getAttribute('aria-valuenow'));
    await page.keyboard.press('ArrowRight');
    expect(Number(await width.getAttribute('aria-valuenow'))).toBe(before + 2);
    const part = () => page.evaluate(() => document.activeElement?.closest('[data-part]')?.getAttribute('data-part'));
    await page.keyboard.press('F6');
    await expect.poll(part).toBe('problem');
    await page.keyboard.press('F6');
    await expect.poll(() => page.evaluate(() => document.activeElement?.classList.contains('cm-content'))).toBe(true);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.classList.contains('cm-content'))).toBe(false);
    await page.getByRole('button', { name: 'Editor settings' }).click();
    await page.getByRole('radio', { name: /^Vim/ }).check();
    await page.getByRole('button', { name: 'Close' }).click();
    // Vim's keys are loaded when they are chosen.
    await page.locator('.cm-vim-panel').waitFor(LONG);
    await editor(page).click();
    await page.keyboard.type('ggOvim was here');
    await page.keyboard.press('Escape');
    await saved(page);
    expect(await file(page, id)).toMatch(/^vim was here\n/);
    await page.reload();
    await page.locator('.cm-vim-panel').waitFor(LONG);
    expect(Number(await width.getAttribute('aria-valuenow'))).toBe(before + 2);
    await context.close();
  });

  test('an interviewer writes a problem of their own: told what is missing, saved, chosen, changed and deleted', async () => {
    const { page, context } = await visit('Ines', 'interviewer', {}, [/status of 400/]);
    await page.goto('/sessions/new?kind=code');
    await page.getByRole('link', { name: 'Add your own problem' }).click();
    await page.getByRole('heading', { name: 'Your own problem', exact: true }).waitFor(LONG);
    await page.getByLabel('Start from').selectOption('two-sum');
    const definition = page.getByLabel('The problem as JSON');
    await expect.poll(() => definition.inputValue()).toContain('"hiddenTests": []');
    await page.getByRole('button', { name: 'Save the problem' }).click();
    await page.getByText('$.hiddenTests', { exact: true }).waitFor(LONG);
    await expectAccessible(page, ['light']);

    const { id: _id, ...whole } = await builtInProblem('two-sum');
    await definition.fill(JSON.stringify({ ...whole, title: 'Two tickets' }));
    await page.getByRole('button', { name: 'Save the problem' }).click();
    await page.getByText('“Two tickets” is saved').waitFor(LONG);
    await page.getByRole('heading', { name: 'Change “Two tickets”' }).waitFor();
    await definition.fill('{');
    await page.getByRole('button', { name: 'Edit “Two tickets”' }).click();
    await page.getByRole('button', { name: 'Drop it' }).click();
    await expect.poll(() => definition.inputValue()).toContain('"title": "Two tickets"');
    await page.setViewportSize(NARROW);
    await expectAccessible(page, ['light']);

    await page.getByRole('link', { name: 'Prepare an interview' }).click();
    await page.getByText('Yours · ').waitFor(LONG);
    await page.goBack();
    await page.getByRole('button', { name: 'Delete “Two tickets”' }).click();
    await page.getByRole('button', { name: 'Delete it' }).click();
    await page.getByRole('button', { name: 'Delete “Two tickets”' }).waitFor({ state: 'detached', ...LONG });
    await context.close();
  });

  test('an interviewer invites, a guest comes in and types, the owner sees it, and each sees only what is theirs', async () => {
    const ines = await visit('Ines', 'interviewer', {}, [/status of 404/]);
    await ines.page.goto('/sessions/new?kind=code');
    await ines.page.getByText('The missing difference').click();
    await ines.page.getByRole('button', { name: 'Prepare and get the link' }).click();
    await ines.page.getByRole('button', { name: 'Make a candidate’s link' }).click();
    const link = await ines.page.getByLabel(/^The link/).inputValue();
    const id = /sessions\/([0-9a-f-]{36})/.exec(ines.page.url())![1]!;

    const cleo = await visit('Cleo', null, {}, [/status of 40[13]/]);
    const answer = await cleo.page.goto(link);
    expect(answer!.headers()['referrer-policy']).toBe('no-referrer');
    await cleo.page.getByRole('heading', { name: 'Ines invites you to a code interview' }).waitFor(LONG);
    await expectAccessible(cleo.page, ['light']);
    await cleo.page.getByRole('button', { name: 'Come in and begin' }).click();
    await cleo.page.getByText('Give the name you want to be called by.').waitFor();
    await cleo.page.getByLabel('Your name').fill('Cleo');
    await cleo.page.getByText('No, only the transcript').click();
    await cleo.page.getByRole('button', { name: 'Come in and begin' }).click();
    await cleo.page.waitForURL(/\/live$/, LONG);
    await cleo.page.getByText('Connected', { exact: true }).waitFor({ state: 'attached', ...LONG });
    await startInPython(cleo.page);
    await typeAtEnd(cleo.page, '\n# by Cleo');
    await saved(cleo.page);

    // A second browser finds the seat taken; the guest's other pages lead back.
    const eve = await visit('Eve', null);
    await eve.page.goto(link);
    await eve.page.getByRole('heading', { name: 'This link is in use' }).waitFor(LONG);
    await eve.page.goto('/join/nothing-of-the-kind');
    await eve.page.getByRole('heading', { name: 'This link leads nowhere' }).waitFor();
    for (const path of ['/sessions', '/profile', '/sessions/new?kind=code']) {
      const other = await cleo.context.newPage();
      await other.goto(path);
      await other.getByRole('heading', { name: 'You are here as a guest' }).waitFor(LONG);
      await expectAccessible(other, ['light']);
      await other.close();
    }

    await ines.page.reload();
    await ines.page.getByRole('listitem').filter({ hasText: 'Candidate, came today' }).getByText('Cleo').waitFor(LONG);
    await ines.page.getByText('# by Cleo').waitFor(LONG);
    await ines.page.getByRole('link', { name: 'Watch live' }).waitFor();
    await ines.page.getByLabel('Private notes').fill('Clear thinker.');
    await ines.page.getByLabel('Private notes').blur();
    await expectAccessible(ines.page, ['light']);
    await ines.page.goto(`/sessions/${id}/live`);
    await ines.page.waitForURL(/\/watch$/, LONG);

    await cleo.page.getByRole('button', { name: 'End', exact: true }).click();
    await cleo.page.getByRole('button', { name: 'End it' }).click();
    await cleo.page.getByRole('heading', { name: 'Thank you for coming' }).waitFor(LONG);
    await cleo.page.getByText('# by Cleo').waitFor(LONG);
    await cleo.page.getByText('As you asked, the recording of your voice is not kept.').waitFor();
    await expectAccessible(cleo.page, ['light']);
    expect(await cleo.page.getByText(/Scorecard|Private notes|Erase everything|Clear thinker/).count()).toBe(0);
    expect((await call(cleo.page, 'GET', `/api/sessions/${id}/private-notes`)).status).toBe(403);
    expect((await call(cleo.page, 'GET', `/api/sessions/${id}/scorecard`)).status).toBeGreaterThanOrEqual(403);

    await ines.page.goto(`/sessions/${id}`);
    await ines.page.getByRole('heading', { name: 'Scorecard' }).waitFor(LONG);
    await ines.page.getByText('A draft, for you to check').waitFor({ timeout: 90_000 });
    await expectAccessible(ines.page, ['light']);
    await ines.page.getByRole('radiogroup', { name: 'Score for communication' }).getByText('Solid').click();
    await ines.page.getByLabel('Summary').fill('Talk to them again.');
    await ines.page.getByText('Saved', { exact: true }).first().waitFor(LONG);
    await ines.page.getByRole('button', { name: 'Sign the scorecard' }).click();
    await ines.page.getByRole('button', { name: 'Sign it' }).click();
    await ines.page.getByText(/^Signed by Ines/).waitFor(LONG);
    await ines.page.getByText('Talk to them again.').waitFor();
    expect(await ines.page.getByLabel('Private notes').inputValue()).toBe('Clear thinker.');
    for (const one of [ines, cleo, eve]) {
      expect(one.complaints).toEqual([]);
      await one.context.close();
    }
  });

  test('a colleague’s link asks for a sign-in as an interviewer and leads to the watch page', async () => {
    const ines = await visit('Ines', 'interviewer');
    const id = await createInterview(ines.page);
    const { json } = await call(ines.page, 'POST', `/api/sessions/${id}/invitations`, { kind: 'observer' });
    const omar = await visit('Omar', null);
    await omar.page.goto(`/join/${json.secret}`);
    await omar.page.getByText('Sign in as an interviewer first').waitFor(LONG);
    await expectAccessible(omar.page, ['light']);
    await omar.page.getByRole('link', { name: 'Sign in' }).click();
    await omar.page.getByLabel('Your name').fill('Omar');
    await omar.page.getByText('Advanced').click();
    await omar.page.getByText('Interviewer', { exact: true }).click();
    await omar.page.getByRole('button', { name: 'Sign in' }).click();
    await omar.page.getByRole('button', { name: 'Watch' }).click();
    await omar.page.waitForURL(/\/watch$/, LONG);
    await ines.context.close();
    await omar.context.close();
  });

  test.each(([['on a narrow phone', NARROW], ['on a desk', DESK]] as const).slice(0, count(1, 2)))('the workspace has nothing axe objects to in its theme, %s', async (_, viewport) => {
    const { page, context, complaints } = await visit('Axel', 'learner', { viewport });
    const id = await createInterview(page);
    await openWorkspace(page, id);
    await page.getByText('A small club writes every payment').waitFor({ state: 'attached', ...LONG });
    await expectAccessible(page);
    await startInPython(page);
    if (viewport === DESK) await expectAccessible(page);
    for (const part of viewport === NARROW ? ['Problem', 'Results', 'Talk', 'Code'] : []) {
      await page.getByRole('button', { name: part, exact: true }).click();
      await expectAccessible(page);
    }
    await page.getByRole('button', { name: 'Editor settings' }).click();
    await page.getByRole('dialog', { name: 'The editor' }).waitFor();
    await expectAccessible(page);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('the preparation has nothing axe objects to in its theme', async () => {
    const { page, context } = await visit('Axel', 'interviewer', { viewport: NARROW });
    await page.goto('/sessions/new?kind=code');
    await page.getByText('The missing difference').waitFor(LONG);
    await expectAccessible(page);
    await page.getByText('Myself').click();
    await expectAccessible(page);
    await context.close();
  });
});
