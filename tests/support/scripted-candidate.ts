/** A candidate without a browser: comes in by an invitation, talks, types key by key, saves and runs, all over the real API and stream. */
import { createApiClient, type ApiClient } from '#components/api/client.ts';
import type { EditorChange } from '#domain/code/editor-change.ts';
import { joinSession, type Participant } from './stream-client.ts';

export class ScriptedCandidate {
  readonly api: ApiClient;
  readonly participant: Participant;
  readonly sessionId: string;
  #path = '';
  #text = '';
  #version = 0;

  constructor(api: ApiClient, participant: Participant, sessionId: string) {
    this.api = api;
    this.participant = participant;
    this.sessionId = sessionId;
  }

  get text(): string {
    return this.#text;
  }

  /** Makes a file and opens it. */
  async creates(path: string, content: string): Promise<void> {
    const file = await this.api.createFile(this.sessionId, path, content);
    this.#path = path;
    this.#text = content;
    this.#version = file.version;
    this.#tells({ agoMs: 0, text: content });
  }

  /** Types `insert` where `old` is, which goes; one key per `msPerKey`. */
  async types(old: string, insert: string, { msPerKey = 60 } = {}): Promise<void> {
    const from = old === '' ? this.#text.length : this.#text.indexOf(old);
    if (from < 0) throw new Error(`"${old}" is not in the file.`);
    if (old !== '') this.#edits(from, from + old.length, '', 'delete');
    for (const [index, key] of [...insert].entries()) {
      this.#edits(from + index, from + index, key, 'type');
      await new Promise((resolve) => setTimeout(resolve, msPerKey));
    }
  }

  async saves(): Promise<number> {
    this.#version = (await this.api.saveFile(this.sessionId, this.#path, this.#text, this.#version)).version;
    return this.#version;
  }

  #edits(from: number, to: number, insert: string, event: 'type' | 'delete'): void {
    this.#tells({ agoMs: 0, from, to, insert, length: this.#text.length, event });
    this.#text = this.#text.slice(0, from) + insert + this.#text.slice(to);
  }
  #tells(change: EditorChange): void {
    this.participant.client.send({ type: 'editor', path: this.#path, version: this.#version, changes: [change] });
  }
}

/** Comes in by the secret of a link. */
export async function candidateFrom(baseUrl: string, secret: string, name = 'Cleo'): Promise<ScriptedCandidate> {
  const accepted = await fetch(`${baseUrl}/api/invitations/accept`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ secret, name, consent: { recording: true } }) });
  if (!accepted.ok) throw new Error(`The invitation was answered with ${accepted.status}.`);
  const { sessionId, token } = (await accepted.json()) as { sessionId: string; token: string };
  const api = createApiClient({ baseUrl, token });
  const participant = await joinSession({ getTicket: (signal) => api.getTicket(sessionId, 'participant', signal) });
  await participant.live(30_000);
  return new ScriptedCandidate(api, participant, sessionId);
}
