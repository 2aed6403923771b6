/** The pages of meetings as people meet them, over a real instance whose database holds meetings in every state. */
import type { Browser, BrowserContextOptions, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible } from '#tests/support/accessibility.ts';
import { sharedApp, type SharedApp } from '#tests/support/shared-app.ts';
import { NO_BROWSER, findChromium, launchBrowser, openPage, type WatchedPage } from '#tests/support/browser.ts';
import { putMeeting, type MeetingWish } from '#tests/support/meeting-data.ts';

const PHONE = { width: 390, height: 844 };
const DESK = { width: 1280, height: 800 };
const STARTS_WITHIN_MS = 300_000;

const hasBrowser = findChromium() !== undefined;
if (!hasBrowser) process.stderr.write(`${NO_BROWSER}\n`);

describe.skipIf(!hasBrowser)('the screens of meetings', () => {
  let app: SharedApp;
  let browser: Browser;
  beforeAll(async () => {
    [app, browser] = await Promise.all([sharedApp(), launchBrowser({ microphone: true })]);
  }, STARTS_WITHIN_MS);
  afterAll(async () => {
    await browser?.close();
  }, 30_000);

  /** A page of a person of their own, with meetings in these states. */
  async function visit(name: string, wishes: MeetingWish[] = [], options: BrowserContextOptions = {}): Promise<WatchedPage & { ids: string[] }> {
    const watched = await openPage(browser, { baseURL: app.url, viewport: DESK, reducedMotion: 'reduce', ...options }, [/status of 404/]);
    const answer = await watched.context.request.post('/api/auth/local', { data: { name, role: 'learner' } });
    const { user } = (await answer.json()) as { user: { id: string } };
    const ids: string[] = [];
    for (const wish of wishes) ids.push(await putMeeting(app, user.id, wish));
    return { ...watched, ids };
  }
  const line = (page: Page, words: string) => page.getByRole('list', { name: 'Transcript' }).getByRole('listitem').filter({ hasText: words });

  test('a meeting begins with an answer about the recording, and a stream with an address and a key', async () => {
    const { page, context, complaints } = await visit('Mia', [], { viewport: PHONE });
    await page.goto('/sessions/new');
    await page.getByRole('link', { name: 'A meeting' }).click();
    await page.getByText('How does it come in?').waitFor();
    await page.getByText('Stream it').click();
    await page.getByRole('button', { name: 'Get the address' }).click();
    await page.getByText('Choose one of the two first.').waitFor();
    expect(await page.getByRole('radio', { name: 'Yes, keep it' }).evaluate((radio) => radio === document.activeElement)).toBe(true);
    await expectAccessible(page);
    // Answered here, since not every machine takes in streams.
    let asked: unknown = null;
    await page.route('**/api/meetings', (route) => {
      asked = route.request().postDataJSON();
      return asked && (asked as { topic?: string }).topic
        ? route.fulfill({ status: 201, json: { session_id: crypto.randomUUID(), rtmp_url: 'rtmp://localhost:1935/live', stream_key: 'the-secret-key', expires_at: new Date(Date.now() + 3_600_000).toISOString(), status: 'created' } })
        : route.fulfill({ status: 503, contentType: 'application/problem+json', json: { type: 'about:blank', status: 503, code: 'meeting.no_ingest', title: 'Streams cannot be taken in here', detail: 'nginx is not installed.' } });
    });
    await page.getByText('Yes, keep it').click();
    await page.getByRole('button', { name: 'Get the address' }).click();
    await page.getByText('nginx is not installed.').waitFor();
    await page.getByLabel('What is it about?').fill('Harbour festival');
    await page.getByRole('button', { name: 'Get the address' }).click();
    await page.getByText('Waiting for the stream.').waitFor();
    expect(asked).toEqual({ action: 'start_session', topic: 'Harbour festival', consent: { recording: true } });
    expect(await page.getByLabel('Key', { exact: true }).inputValue()).toBe('the-secret-key');
    await expectAccessible(page, ['dark']);
    expect(complaints.filter((text) => !text.includes('503'))).toEqual([]);
    await context.close();
  });

  test('a tab is captured once it has sound, and the meeting goes on over the same stream until it is ended', async () => {
    const { page, context, complaints } = await visit('Tom');
    await plugInTabs(page);
    await page.goto('/sessions/new?kind=meeting');
    await page.getByText('No, only the transcript').click();
    await page.getByText('Only a tab or screen').click();
    await page.evaluate(() => Object.assign(window, { spoolTabSound: false }));
    await page.getByRole('button', { name: 'Choose what to share' }).click();
    await page.getByText('There is no sound in what was shared').waitFor();
    await page.evaluate(() => Object.assign(window, { spoolTabSound: true }));
    await page.getByRole('button', { name: 'Share again' }).click();
    await page.getByText('Sound is coming through.').waitFor();
    await page.getByRole('button', { name: 'Start the meeting' }).click();
    await page.waitForURL(/\/live$/);
    await page.getByText('Connected', { exact: true }).waitFor();
    // Handed on by the preparation: the browser asked twice, for the tab without sound and for the one with it.
    expect(await page.evaluate(() => (window as unknown as { spoolTabsShared: number }).spoolTabsShared)).toBe(2);
    await page.getByRole('listbox', { name: 'How much of the meeting is there' }).waitFor();
    await page.getByRole('button', { name: 'Mute' }).click();
    await page.getByText('Muted', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Unmute' }).click();
    await page.evaluate(() => (window as unknown as { spoolStopSharing(): void }).spoolStopSharing());
    await page.getByText('Sharing has stopped').waitFor();
    await expectAccessible(page, ['dark']);
    await page.getByRole('button', { name: 'Share again' }).first().click();
    await page.getByText('Sharing has stopped').waitFor({ state: 'detached' });
    await page.keyboard.press('e');
    await page.getByRole('button', { name: 'End it' }).click();
    await page.waitForURL(/\/sessions\/[0-9a-f-]{36}$/);
    await page.getByRole('button', { name: 'Erase everything' }).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('the list tells meetings from the rest and how much of each is there', async () => {
    const { page, context } = await visit('Lea', [{ state: 'partial', title: 'Half heard', opening: 'My favorite subject at school was biology.' }, { state: 'live', title: 'Right now' }], { viewport: PHONE });
    await page.goto('/sessions');
    await page.getByLabel('Kind').selectOption('meeting');
    await page.getByRole('listitem').filter({ hasText: 'Half heard' }).getByText('75 % transcribed, 40 s missing, 30 s failed').waitFor();
    await page.getByRole('listitem').filter({ hasText: 'Right now' }).getByText('75 % transcribed, 1 min waiting').waitFor();
    // In other words than were said, once the worker has read them: asked anew until then.
    const search = page.getByRole('searchbox', { name: 'Search what was said' });
    const moment = page.getByRole('region', { name: 'Said in other words' }).getByRole('listitem').filter({ hasText: 'My favorite subject at school was biology.' });
    await expect.poll(async () => {
      await search.fill('');
      // Typed at once, it would be the search of before, which nobody asks again.
      await page.getByRole('listitem').filter({ hasText: 'Right now' }).waitFor();
      await search.fill('studying life sciences as a pupil');
      return moment.waitFor({ timeout: 3_000 }).then(() => true, () => false);
    }, { timeout: 90_000 }).toBe(true);
    await expectAccessible(page, ['light']);
    await moment.getByRole('link', { name: /Play this moment/ }).click();
    await page.waitForURL(/\?at=2000&play=1$/);
    await context.close();
  });

  test('a live meeting shows its words, what is waiting and a stream that stopped, and is ended after asking', async () => {
    const { page, context, complaints, ids } = await visit('Nils', [{ state: 'away' }], { viewport: PHONE });
    await page.goto(`/sessions/${ids[0]}/live`);
    await page.getByText('Then let us take it.').waitFor();
    await page.getByText(/^The stream stopped \d+ s ago\.$/).waitFor();
    await page.getByText(/Spool waits .* more before it closes the meeting/).waitFor();
    await page.getByText('Connected', { exact: true }).waitFor({ state: 'attached' });
    await expectAccessible(page);
    await page.getByRole('listbox').focus();
    await page.keyboard.press('End');
    expect(await page.getByRole('option', { selected: true }).getAttribute('aria-label')).toContain('Missing. The stream is away.');
    await page.getByRole('button', { name: 'End', exact: true }).click();
    await page.getByRole('button', { name: 'End it' }).click();
    await page.waitForURL(`${app.url}/sessions/${ids[0]}`);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('notes and words of a finished meeting are heard where they are pressed, by keyboard too', async () => {
    const { page, context, complaints, ids } = await visit('Finn', [{ state: 'finished' }], { viewport: PHONE });
    await page.goto(`/sessions/${ids[0]}`);
    await page.getByText('The fireworks are dropped; both evenings stay.').waitFor();
    await expectAccessible(page);
    const quote = page.getByRole('button', { name: /We drop the fireworks/ });
    await quote.click();
    await expect.poll(() => quote.getAttribute('aria-pressed')).toBe('true');
    await page.getByText('Speaker 2 · by Friday').waitFor();
    await page.getByRole('button', { name: 'Transcript', exact: true }).click();
    await page.getByText('The stage alone takes eleven').click();
    await page.locator('[data-playing]').filter({ hasText: 'The stage alone' }).waitFor();
    await page.keyboard.press('j');
    await expect.poll(() => line(page, 'I would rather give up').getAttribute('aria-current')).toBe('true');
    await page.getByRole('region', { name: 'Recording' }).getByRole('button', { name: 'Pause' }).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('what was misheard is put right in place, taken back, and what it said before is kept', async () => {
    const { page, context, complaints, ids } = await visit('Edda', [{ state: 'finished' }]);
    await page.goto(`/sessions/${ids[0]}`);
    await line(page, 'Mhm, yes.').getByRole('button', { name: /^Correct/ }).click();
    await page.getByRole('textbox', { name: 'What was said' }).fill('No, never.');
    await page.keyboard.press('Escape');
    await line(page, 'Mhm, yes.').getByRole('button', { name: /^Correct/ }).press('Enter');
    await page.getByRole('textbox', { name: 'What was said' }).fill('Of course.');
    await page.keyboard.press('Enter');
    await line(page, 'Of course.').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await line(page, 'Mhm, yes.').waitFor();
    await line(page, 'Mhm, yes.').getByRole('button', { name: /^Correct/ }).click();
    await page.getByText('What it said before (2)').click();
    await page.getByRole('button', { name: 'Bring back: Of course.' }).click();
    await expectAccessible(page, ['dark']);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.reload();
    await line(page, 'Of course.').waitFor();

    await page.getByText('2 passages were held back').click();
    const held = page.getByRole('listitem').filter({ hasText: 'do not forget to subscribe' });
    await held.getByRole('button', { name: 'Put back' }).click();
    await line(page, 'do not forget to subscribe').waitFor();
    await page.getByRole('button', { name: 'Take out again' }).click();
    await line(page, 'do not forget to subscribe').waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('voices are named, joined and taken apart again, and a link shows the meeting until it is taken back', async () => {
    const { page, context, complaints, ids } = await visit('Vera', [{ state: 'finished' }]);
    await page.goto(`/sessions/${ids[0]}`);
    await page.getByRole('button', { name: 'Change Speaker 2' }).click();
    await page.getByLabel('Who is Speaker 2?').fill('Tarek');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Change Tarek' }).waitFor();
    await line(page, 'The budget stands').getByText('Tarek').waitFor();
    await page.getByRole('button', { name: 'Change Speaker 3' }).click();
    await page.getByLabel('Or the same person as').selectOption({ label: 'Tarek' });
    await expectAccessible(page, ['light']);
    await page.getByRole('button', { name: 'Join them' }).click();
    await page.getByRole('button', { name: 'Take Speaker 3 out of Tarek again' }).click();
    await page.getByRole('button', { name: 'Change Speaker 3' }).waitFor();

    await page.getByRole('button', { name: 'Share' }).click();
    await page.getByRole('button', { name: 'Make a link' }).click();
    const address = await page.getByRole('textbox', { name: 'The link' }).inputValue();
    await expectAccessible(page, ['dark']);
    const guest = await openPage(browser, {}, [/status of 404/]);
    await guest.page.goto(address);
    // The worker writes the notes anew some seconds after a naming, in other words: what stands in both is looked for.
    await guest.page.getByRole('heading', { name: 'Notes', exact: true }).waitFor();
    await guest.page.getByText('Tarek', { exact: true }).first().waitFor();
    await guest.page.getByText('Wonderful. Then the last thing').waitFor();
    await page.getByRole('button', { name: /^Take back/ }).click();
    await page.getByRole('button', { name: /^Take back/ }).waitFor({ state: 'detached' });
    await guest.page.reload();
    await guest.page.getByRole('heading', { name: 'This link is not valid' }).waitFor();
    await guest.context.close();
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('an incomplete meeting says what is missing and tries again what failed; a silent one and one without a recording say so', async () => {
    const { page, context, complaints, ids } = await visit('Pia', [{ state: 'partial' }, { state: 'silent' }, { state: 'finished', recording: false, voices: false }, { state: 'processing' }], { viewport: PHONE });
    const [partial, silent, unrecorded, processing] = ids;
    await page.goto(`/sessions/${partial}`);
    await page.getByText('40 s never arrived, because the stream was away.').waitFor();
    await page.getByText('Which, and why').click();
    await page.getByText('The speech engine took too long. Tried 6 times.').waitFor();
    await page.getByRole('button', { name: 'Transcript', exact: true }).click();
    const missing = line(page, '40 s missing here: the stream had stopped.');
    await missing.waitFor();
    expect(await missing.evaluate((row) => [row.previousElementSibling?.textContent, row.nextElementSibling?.textContent])).toEqual([expect.stringContaining('Then let us take it.'), expect.stringContaining('Yes, we take the ramp.')]);
    await expectAccessible(page, ['dark']);
    await line(page, '30 s could not be transcribed well: live words stand in.').getByRole('button', { name: 'Try again: the part at 2:00' }).click();
    await page.getByText('One part could not be transcribed').waitFor({ state: 'detached' });
    await line(page, 'could not be transcribed').waitFor({ state: 'detached' });
    await missing.waitFor();

    await page.goto(`/sessions/${silent}`);
    await page.getByText('Nobody spoke').waitFor();
    await page.goto(`/sessions/${processing}`);
    await page.getByText('3 of 8 parts').waitFor();
    await page.goto(`/sessions/${unrecorded}`);
    await page.getByText('There is no recording').waitFor();
    expect(await page.getByRole('region', { name: 'Recording' }).count()).toBe(0);
    await page.getByRole('button', { name: /I will tell the supplier/ }).click();
    await expect.poll(() => line(page, 'I will tell the supplier').getAttribute('aria-current')).toBe('true');
    await expectAccessible(page, ['light']);
    expect(complaints).toEqual([]);
    await context.close();
  });
});

/** Tabs that can be shared, with sound or without, as the page says in `spoolTabSound`; `spoolStopSharing` is the bar of the browser. */
async function plugInTabs(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const own = window as unknown as { spoolTabSound: boolean; spoolTabsShared: number; spoolStopSharing(): void };
    own.spoolTabSound = true;
    own.spoolTabsShared = 0;
    navigator.mediaDevices.getDisplayMedia = async () => {
      own.spoolTabsShared += 1;
      const stream = document.createElement('canvas').captureStream(1);
      if (own.spoolTabSound) {
        const audio = new AudioContext();
        const out = audio.createMediaStreamDestination();
        const hum = new OscillatorNode(audio, { frequency: 180 });
        hum.connect(out);
        hum.start();
        stream.addTrack(out.stream.getAudioTracks()[0]!);
      }
      own.spoolStopSharing = () => {
        // Without a press nothing can be shared anew.
        const share = navigator.mediaDevices.getDisplayMedia;
        navigator.mediaDevices.getDisplayMedia = () => Promise.reject(new DOMException('A press is needed.', 'InvalidStateError'));
        addEventListener('click', () => (navigator.mediaDevices.getDisplayMedia = share), { once: true, capture: true });
        for (const track of stream.getTracks()) {
          track.stop();
          track.dispatchEvent(new Event('ended'));
        }
      };
      return stream;
    };
  });
}
