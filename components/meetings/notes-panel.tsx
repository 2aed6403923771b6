'use client';

import { Fragment, type ReactNode } from 'react';
import Pause from 'lucide-react/icons/pause';
import Play from 'lucide-react/icons/play';
import { isSameRange, type PlayRange } from '#components/screens/interest-evidence.ts';
import { Notice } from '#components/ui/notice.tsx';
import type { MeetingNotes, NoteEvidence } from '#domain/meetings/notes/schema.ts';
import type { SpeakerNames } from '#domain/session/speaker-names.ts';
import { clockTime } from '#domain/session/times.ts';
import { voiceName } from './meeting-words.ts';

export interface QuoteProps {
  names: SpeakerNames;
  /** The part being played by itself. */
  range: PlayRange | null;
  /** True: there is a recording, so quotes are played; otherwise they lead to their place in the transcript. */
  playable: boolean;
  onQuote: (evidence: NoteEvidence) => void;
}
/** What of the recording a quote is. */
export function rangeOf({ startMs, endMs }: Pick<NoteEvidence, 'startMs' | 'endMs'>): PlayRange {
  return { fromMs: startMs, toMs: Math.max(endMs, startMs + 300) };
}
/** Every quote of the notes, in the order they are shown. */
export function quotesOf(notes: MeetingNotes): NoteEvidence[] {
  return [...notes.summary, ...notes.decisions, ...notes.actionItems, ...notes.openQuestions].flatMap(({ evidence }) => evidence);
}

/** The notes of a meeting. Whatever is claimed can be heard. */
export function NotesPanel({ notes, onTopic, ...quotes }: QuoteProps & { notes: MeetingNotes; onTopic: (fromMs: number) => void }) {
  const { summary, decisions, actionItems, openQuestions, topics, missing, method, madeAt, version } = notes;
  const nothing = summary.length + decisions.length + actionItems.length + openQuestions.length + topics.length === 0;
  return (
    <section aria-labelledby="notes-title">
      <h2 id="notes-title" className="text-2xl">
        Notes
      </h2>
      {missing.words ? (
        <div className="mt-3">
          <Notice tone="warn" title="What these notes cannot tell">
            {missing.words}
          </Notice>
        </div>
      ) : null}
      {nothing ? <p className="mt-3 text-soft">Nothing in what was said could be noted with certainty. The transcript has all of it.</p> : null}
      {summary.length > 0 ? (
        <Part title="Summary">
          <ul className="grid gap-2">
            {summary.map(({ text, evidence }) => (
              <li key={text} className="leading-relaxed">
                {text} <Chips evidence={evidence} {...quotes} />
              </li>
            ))}
          </ul>
        </Part>
      ) : null}
      {decisions.length > 0 ? (
        <Part title="Decisions">
          <Claims claims={decisions} {...quotes} />
        </Part>
      ) : null}
      {actionItems.length > 0 ? (
        <Part title="Action items">
          <Claims
            claims={actionItems.map(({ owner, ownerSpeaker, due, ...claim }) => ({ ...claim, more: [owner ?? (ownerSpeaker ? voiceName(ownerSpeaker, quotes.names) : null) ?? 'Nobody named', due ?? 'No date said'].join(' · ') }))}
            {...quotes}
          />
        </Part>
      ) : null}
      {openQuestions.length > 0 ? (
        <Part title="Open questions">
          <Claims claims={openQuestions} {...quotes} />
        </Part>
      ) : null}
      {topics.length > 0 ? (
        <Part title="Topics">
          <ol className="grid gap-0.5">
            {topics.map(({ title, startMs, endMs }) => (
              <li key={`${startMs} ${title}`}>
                <button type="button" onClick={() => onTopic(startMs)} className="-mx-2 grid w-[calc(100%+1rem)] grid-cols-[auto_1fr] items-baseline gap-x-3 rounded-lg px-2 py-1 text-left hover:bg-sunken">
                  <span className="text-sm text-faint tabular-nums">
                    {clockTime(startMs)}–{clockTime(endMs)}
                  </span>
                  {title}
                </button>
              </li>
            ))}
          </ol>
        </Part>
      ) : null}
      <p className="mt-6 text-sm text-faint">
        {method} {version > 1 ? `Made again ${version - 1 === 1 ? 'once' : `${version - 1} times`}, last` : 'Made'} {new Date(madeAt).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })}.
      </p>
    </section>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="mt-5">
      <h3 className="mb-2 text-lg">{title}</h3>
      {children}
    </div>
  );
}

interface Claim {
  id: string;
  text: string;
  evidence: NoteEvidence[];
  /** Who and when. */
  more?: string;
}
function Claims({ claims, ...quotes }: QuoteProps & { claims: Claim[] }) {
  return (
    <ul className="grid gap-3.5">
      {claims.map(({ id, text, evidence, more }) => (
        <li key={id}>
          <p className="leading-snug font-medium">{text}</p>
          {more ? <p className="mt-0.5 text-[0.9375rem] text-soft">{more}</p> : null}
          <div className="mt-1.5 grid gap-1">
            {evidence.map((one) => (
              <Quote key={`${one.itemId} ${one.startMs}`} evidence={one} bare={sameWords(one.quote, text)} {...quotes} />
            ))}
          </div>
        </li>
      ))}
    </ul>
  );
}

/** `bare`: the words stand above already. */
function Quote({ evidence, bare, names, range, playable, onQuote }: QuoteProps & { evidence: NoteEvidence; bare: boolean }) {
  const { quote, startMs, speaker } = evidence;
  const playing = isSameRange(range, rangeOf(evidence));
  const name = voiceName(speaker, names);
  return (
    <button
      type="button"
      onClick={() => onQuote(evidence)}
      aria-pressed={playable ? playing : undefined}
      className={`flex items-baseline gap-2 rounded-r-lg border-l-2 border-accent py-1 pr-2 pl-3 text-left text-[0.9375rem] ${playing ? 'bg-wash' : 'hover:bg-sunken'}`}
    >
      <Icon playing={playing} playable={playable} />
      <span className="min-w-0">
        <span className="sr-only">{playable ? 'Play: ' : 'Go to: '}</span>
        {bare ? null : <span className="text-soft">“{quote}” </span>}
        <span className="text-sm text-faint whitespace-nowrap">
          {name ? `${name}, ` : ''}
          {clockTime(startMs)}
        </span>
      </span>
    </button>
  );
}

function Chips({ evidence, names, range, playable, onQuote }: QuoteProps & { evidence: NoteEvidence[] }) {
  return evidence.map((one) => {
    const playing = isSameRange(range, rangeOf(one));
    const name = voiceName(one.speaker, names);
    return (
      <Fragment key={`${one.itemId} ${one.startMs}`}>
        {' '}
        <button
          type="button"
          onClick={() => onQuote(one)}
          title={`“${one.quote}”`}
          aria-label={`${playable ? 'Play' : 'Go to'} “${one.quote}”${name ? `, ${name}` : ''}, at ${clockTime(one.startMs)}`}
          aria-pressed={playable ? playing : undefined}
          className={`inline-flex min-h-6 items-baseline gap-1 rounded-full px-2 text-sm tabular-nums ${playing ? 'bg-accent text-on-accent' : 'bg-wash text-accent hover:bg-accent hover:text-on-accent'}`}
        >
          <Icon playing={playing} playable={playable} inherit />
          {clockTime(one.startMs)}
        </button>
      </Fragment>
    );
  });
}

function Icon({ playing, playable, inherit = false }: { playing: boolean; playable: boolean; inherit?: boolean }) {
  const look = `shrink-0 self-center ${inherit ? '' : 'text-accent'}`;
  if (!playable) return null;
  return playing ? <Pause aria-hidden size={12} fill="currentColor" strokeWidth={0} className={look} /> : <Play aria-hidden size={12} fill="currentColor" strokeWidth={0} className={look} />;
}

function sameWords(one: string, other: string): boolean {
  const bare = (text: string) => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim();
  return bare(one) === bare(other);
}
