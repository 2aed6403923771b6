/** Accounts in a real browser, over the real web app and a user pool on loopback: made, confirmed, used, given a new password. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RESEND_AFTER_MS } from '#components/sign-in/code-field.tsx';
import { expectAccessible } from '#tests/support/accessibility.ts';
import { NO_BROWSER, findChromium, launchBrowser, openPage } from '#tests/support/browser.ts';
import { type FakeCognito, startFakeCognito } from '#tests/support/fake-cognito.ts';
import { type WebApp, startWebApp } from '#tests/support/web-app.ts';

const STARTS_WITHIN_MS = 300_000;
/** The narrowest phones in use. */
const NARROW = { width: 360, height: 740 };
const PASSWORD = 'Loops-and-spools-1';
const NEW_PASSWORD = 'Threads-and-reels-2';
/** Browsers write refused requests to their console, also those a page expects and explains. */
const REFUSED = [/status of 4\d\d/, /status of 500/];

const hasBrowser = findChromium() !== undefined;
if (!hasBrowser) process.stderr.write(`${NO_BROWSER}\n`);

describe.skipIf(!hasBrowser)('an account', () => {
  let cognito: FakeCognito;
  let app: WebApp;
  let browser: Browser;
  let folder: string;
  beforeAll(async () => {
    [cognito, browser, folder] = await Promise.all([startFakeCognito(), launchBrowser(), mkdtemp(path.join(os.tmpdir(), 'spool-outputs-'))]);
    const outputs = path.join(folder, 'amplify_outputs.json');
    await writeFile(outputs, JSON.stringify(cognito.outputs()));
    app = await startWebApp({ SPOOL_AMPLIFY_OUTPUTS: outputs, COGNITO_ENDPOINT: cognito.url });
  }, STARTS_WITHIN_MS);
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
    await cognito?.close();
    if (folder) await rm(folder, { recursive: true, force: true });
  }, 30_000);

  const open = (options: BrowserContextOptions = {}) => openPage(browser, { baseURL: app.url, reducedMotion: 'reduce', ...options }, REFUSED);
  const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
  const cookies = async (page: Page) => (await page.context().cookies()).map(({ name, httpOnly, sameSite }) => ({ name, httpOnly, sameSite }));
  async function signIn(page: Page, email: string, password: string): Promise<void> {
    await page.getByLabel('E-mail address').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await press(page, 'Sign in');
  }

  test('is made and confirmed, leads where the person wanted to go, and lets go again', async () => {
    const { page, complaints } = await open({ viewport: NARROW });
    await page.clock.install();
    await page.goto('/sessions/new?kind=dictation');
    await page.waitForURL(/\/sign-in\?next=/);
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Make an account' }).click();
    await page.getByLabel('Your name').fill('Ada Lovelace');
    await page.getByLabel('E-mail address').fill('ada@example.com');
    await page.getByLabel('Password', { exact: true }).fill('short');
    await press(page, 'Make the account');
    await page.getByText('The password still needs at least 8 characters, a capital letter (A to Z), and a digit.').waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('password');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Show the password' }).click();
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    // By keyboard alone.
    await page.getByLabel('Password', { exact: true }).press('Enter');

    await page.waitForURL(/\/sign-up\/confirm\?next=/);
    await page.getByText('ada@example.com').waitFor();
    expect(page.url()).not.toContain('example.com');
    expect(await page.getByRole('button', { name: /^Another code in \d+ s$/ }).getAttribute('aria-disabled')).toBe('true');
    await page.getByLabel('Code').fill('000 000');
    await press(page, 'Confirm');
    await page.getByText('That is not the code.').waitFor();
    await expectAccessible(page);
    await page.clock.fastForward(RESEND_AFTER_MS);
    await press(page, 'Send another code');
    await page.getByRole('status').getByText('Another code is on its way.').waitFor();
    await page.getByRole('button', { name: /^Another code in \d+ s$/ }).waitFor();
    const code = cognito.codeFor('ada@example.com')!;
    await page.getByLabel('Code').fill(`${code.slice(0, 3)} ${code.slice(3)}`);
    await press(page, 'Confirm');
    await page.waitForURL(/\/sessions\/new\?kind=dictation$/);

    expect(await cookies(page)).toEqual([`spool_session_${app.port}`, `spool_renewal_${app.port}`].map((name) => ({ name, httpOnly: true, sameSite: 'Lax' })));
    const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
    expect(kept).not.toMatch(/ey[\w-]+\.|Token|ada@example/);
    // Without the short-lived token the page is drawn all the same, and brings it back.
    await page.context().clearCookies({ name: `spool_session_${app.port}` });
    await page.goto('/sessions');
    await page.getByText('The spool is empty').waitFor();
    expect(await cookies(page)).toHaveLength(2);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL(`${app.url}/`);
    expect(await cookies(page)).toEqual([]);
    expect(cognito.calls).toContain('RevokeToken');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('gets a new password by a code, whoever the address belongs to, and then signs out everywhere', async () => {
    cognito.add({ email: 'bea@example.com', password: PASSWORD, name: 'Bea' });
    const { page, complaints } = await open();
    await page.goto('/reset-password');
    await page.getByLabel('E-mail address').fill('nobody@example.com');
    await press(page, 'Send a code');
    await page.getByText('If there is an account for').waitFor();
    await page.goto('/reset-password');
    await page.getByLabel('E-mail address').fill('bea@example.com');
    const enough = cognito.fault('ForgotPassword', { type: 'LimitExceededException', times: Infinity });
    await press(page, 'Send a code');
    await page.getByRole('alert').getByText('Too many tries').waitFor();
    enough();
    await press(page, 'Send a code');
    await page.getByText('If there is an account for').waitFor();
    await page.getByLabel('Code').fill(cognito.codeFor('bea@example.com')!);
    await page.getByLabel('New password').fill(NEW_PASSWORD);
    await press(page, 'Keep it and sign in');
    await page.waitForURL(/\/sessions$/);
    await page.goto('/profile');
    await press(page, 'Sign out everywhere');
    await page.waitForURL(/\/sign-in$/);
    expect(await cookies(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('is not told from one there is not, and says plainly what else stands in the way', async () => {
    cognito.add({ email: 'cleo@example.com', password: PASSWORD, confirmed: false });
    cognito.add({ email: 'dora@example.com', password: PASSWORD, totp: '246810' });
    cognito.add({ email: 'emil@example.com', password: PASSWORD, temporary: true });
    const { page, complaints } = await open();
    await page.goto('/sign-in?next=//evil.example/sessions');
    for (const email of ['dora@example.com', 'nobody@example.com']) {
      await signIn(page, email, 'Wrong-password-1');
      await page.getByRole('alert').getByText('The e-mail address or the password is not right').waitFor();
    }
    await expectAccessible(page);
    cognito.fault('InitiateAuth', { type: 'ForbiddenException' });
    await signIn(page, 'dora@example.com', PASSWORD);
    await page.getByRole('alert').getByText('Your network is not let in').waitFor();

    await signIn(page, 'cleo@example.com', PASSWORD);
    await page.waitForURL(/\/sign-up\/confirm$/);
    await page.getByLabel('Code').fill(cognito.codeFor('cleo@example.com')!);
    await press(page, 'Confirm');
    await page.waitForURL(`${app.url}/sessions`);

    await page.goto('/sign-in');
    const asked = Promise.withResolvers<void>();
    cognito.fault('InitiateAuth', { held: asked.promise });
    const before = cognito.calls.length;
    await signIn(page, 'dora@example.com', PASSWORD);
    await page.getByRole('button', { name: 'Signing in…' }).waitFor();
    await page.getByLabel('Password', { exact: true }).press('Enter');
    asked.resolve();
    await page.getByText('your authenticator app').waitFor();
    expect(cognito.calls.slice(before)).toEqual(['InitiateAuth', 'RespondToAuthChallenge']);
    await page.getByLabel('Code').fill('111111');
    await press(page, 'Go on');
    await page.getByText('That is not the code.').waitFor();
    await page.getByLabel('Code').fill('246810');
    await press(page, 'Go on');
    await page.waitForURL(/\/sessions$/);

    await page.goto('/sign-in');
    await signIn(page, 'emil@example.com', PASSWORD);
    await page.getByLabel('Your name').fill('Emil');
    await page.getByLabel('New password').fill(NEW_PASSWORD);
    await press(page, 'Keep it and sign in');
    await page.waitForURL(/\/sessions$/);
    await page.getByText('Emil', { exact: true }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
