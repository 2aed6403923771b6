'use client';

import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import Flask from 'lucide-react/icons/list-checks';
import Play from 'lucide-react/icons/play';
import { api } from '#components/api/client.ts';
import { takeCommandBack } from '#components/screens/command-note.tsx';
import { toggleMicrophone, togglePause, isPaused } from '#components/screens/live-dock.tsx';
import { isRunning } from '#components/screens/live-frame.tsx';
import { stateWords } from '#components/screens/live-notices.ts';
import { Announcements, EndingPanel, LiveHeader, StartPanel, type LiveScreenProps } from '#components/screens/live-parts.tsx';
import { UndoToast } from '#components/screens/undo-toast.tsx';
import { useLiveShortcuts } from '#components/screens/use-live-shortcuts.ts';
import { useLoad } from '#components/screens/use-load.ts';
import { Button } from '#components/ui/button.tsx';
import { ConfirmDialog } from '#components/ui/dialogs.tsx';
import { ProblemNotice } from '#components/ui/problem-notice.tsx';
import { systemClock } from '#domain/clock.ts';
import type { Language } from '#domain/code/run.ts';
import { languageOf } from '#domain/code/source-language.ts';
import type { Session } from '#domain/session/session.ts';
import { ChooseLanguage } from './choose-language.tsx';
import { CodeEditor, type EditorHandle } from './code-editor.tsx';
import { DEFAULT_EDITOR, keepEditorPreferences, readEditorPreferences, type EditorPreferences } from './editor-preferences.ts';
import { EditorReports } from './editor-reports.ts';
import { EditorSettings } from './editor-settings.tsx';
import { FileList } from './file-list.tsx';
import { ConflictBar, MergedBar, SavingWords } from './file-notices.tsx';
import { countConflicts, firstConflict, resolveConflicts } from './merge-text.ts';
import { ProblemPanel } from './problem-panel.tsx';
import { starterPath, timeAgainst } from './problem-words.ts';
import { ResultsPanel, type ResultTab } from './results-panel.tsx';
import { Splitter } from './splitter.tsx';
import { useRuns, type RunKind } from './use-runs.ts';
import { useWorkspaceFiles } from './use-workspace-files.ts';
import { VoiceControls, VoicePanel, VoiceState } from './voice-panel.tsx';

const MOD = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl';
const KEYS: [string, string][] = [
  [`${MOD} Enter`, 'Run the tests'],
  [`${MOD} Shift Enter`, 'Run the open file as a program'],
  ['F6', 'To the next part: problem, code, results, conversation'],
  ['Esc, then Tab', 'Leave the editor by keyboard'],
  [`${MOD} F`, 'Search in the file'],
  ['M', 'Mute or unmute (outside the editor, like all single keys)'],
  ['Space', 'Pause or resume'],
  ['R', 'Have the last words repeated'],
  ['U', 'Take back what was just understood'],
  ['T', 'Type to the interviewer'],
  ['C', 'To the code'],
  ['E', 'End the session'],
  ['?', 'Show these keys'],
];
/** The parts a phone shows one at a time. */
const PARTS = { problem: 'Problem', code: 'Code', results: 'Results', talk: 'Talk' } as const;
type Part = keyof typeof PARTS;

/** The code interview while it runs: problem, code, results and the conversation about them. */
export function WorkspaceScreen({ screen, known }: { screen: LiveScreenProps; known: Session }) {
  const { sessionId, session, onStart } = screen;
  const { view, actions } = session;
  const router = useRouter();
  const { files, view: workspace } = useWorkspaceFiles(sessionId);
  const problem = useLoad(`problem ${known.templateId}`, async (signal) => (known.templateId === null ? null : api.getProblem(known.templateId, signal)));
  const template = problem.loaded.state === 'ready' ? problem.loaded.value : null;
  const [reports] = useState(() => new EditorReports({ clock: systemClock, send: actions.sendEditor, versionOf: (path) => files.versionOf(path), contentOf: (path) => files.contentOf(path) }));
  const runs = useRuns(sessionId, files, view.finishedRunId);
  const [preferences, setPreferences] = useState<EditorPreferences>(DEFAULT_EDITOR);
  const [chosen, setChosen] = useState<string | null>(null);
  const [part, setPart] = useState<Part>('code');
  const [tab, setTab] = useState<ResultTab>('tests');
  const [stdin, setStdin] = useState('');
  const [help, setHelp] = useState(false);
  const [asking, setAsking] = useState<'end' | 'next' | null>(null);
  const [deleted, setDeleted] = useState<{ path: string; content: string } | null>(null);
  const editor = useRef<EditorHandle>(null);
  const input = useRef<HTMLTextAreaElement>(null);
  const whole = useRef<HTMLDivElement>(null);

  useEffect(() => setPreferences(readEditorPreferences()), []);
  const [narrow, setNarrow] = useState(false);
  useEffect(() => {
    const query = matchMedia('(max-width: 40rem)');
    const look = () => setNarrow(query.matches);
    look();
    query.addEventListener('change', look);
    return () => query.removeEventListener('change', look);
  }, []);
  const prefer = (next: EditorPreferences) => {
    setPreferences(next);
    keepEditorPreferences(next);
  };

  const paths = workspace.files.map(({ path }) => path);
  const open = chosen !== null && paths.includes(chosen) ? chosen : (paths.find((path) => languageOf(path)) ?? paths[0] ?? null);
  const ended = view.ended !== null;
  const readOnly = ended || workspace.saving === 'over' || workspace.saving === 'taken';
  const runnable = open !== null && languageOf(open) !== undefined;
  const text = open === null ? null : files.contentOf(open);
  const conflicts = useMemo(() => (text === null ? 0 : countConflicts(text)), [text]);

  const live = view.connection === 'live';
  const openNow = useRef(open);
  useEffect(() => {
    openNow.current = open;
  });
  useEffect(() => {
    if (!live) return;
    // What was typed without a connection is told and saved now; the text itself heals what the lost one took along.
    if (openNow.current !== null) reports.opened(openNow.current);
    reports.flush();
    void files.open().then(() => files.flush());
  }, [live, files, reports]);
  useEffect(() => {
    const leave = () => reports.flush();
    addEventListener('pagehide', leave);
    return () => {
      removeEventListener('pagehide', leave);
      reports.close();
    };
  }, [reports]);
  useEffect(() => {
    if (ended) void files.flush();
  }, [ended, files]);

  const run = useCallback(
    (kind: RunKind) => {
      if (!open || !runnable || readOnly) return;
      setTab(kind === 'program' ? 'console' : 'tests');
      setPart('results');
      void runs.run(template === null ? 'program' : kind, open, stdin);
    },
    [open, runnable, readOnly, runs, template, stdin],
  );
  const shownTab = template === null && tab === 'tests' ? 'console' : tab;

  const commandNumber = view.command?.number;
  const command = useRef(view.command);
  const runLatest = useRef(run);
  useEffect(() => {
    command.current = view.command;
    runLatest.current = run;
  });
  useEffect(() => {
    switch (command.current?.command) {
      case 'run':
        return runLatest.current('program');
      case 'run-tests':
        return runLatest.current('visible');
      case 'next-problem':
        return setAsking('next');
    }
  }, [commandNumber]);

  function start(language: Language) {
    const starter = template?.starters[language] ?? '';
    const path = starterPath(language, starter);
    files.create(path, starter);
    setChosen(path);
    requestAnimationFrame(() => editor.current?.focus());
  }
  function create(path: string) {
    const language = languageOf(path);
    const starter = language && template && starterPath(language, template.starters[language] ?? '') === path ? (template.starters[language] ?? '') : '';
    if (files.create(path, starter)) openFile(path);
  }
  function openFile(path: string) {
    setChosen(path);
    setPart('code');
    requestAnimationFrame(() => editor.current?.focus());
  }
  function rename(path: string, to: string) {
    if (!files.rename(path, to)) return;
    reports.renamed(path, to);
    if (open === path) setChosen(to);
  }
  function remove(path: string) {
    const content = files.remove(path);
    if (content === null) return;
    reports.renamed(path, null);
    setDeleted({ path, content });
  }
  function resolve(keep: 'mine' | 'other' | 'both') {
    if (open === null || text === null) return;
    files.replace(open, resolveConflicts(text, keep));
    files.dismissMerged();
  }

  const focusPart = (which: Part) => {
    setPart(which);
    requestAnimationFrame(() => {
      if (which === 'code' && open !== null) editor.current?.focus();
      else whole.current?.querySelector<HTMLElement>(`[data-part="${which}"]`)?.focus();
    });
  };
  useEffect(() => {
    function press(event: globalThis.KeyboardEvent) {
      if (event.key === 'F6') {
        event.preventDefault();
        const all = Object.keys(PARTS) as Part[];
        const now = document.activeElement?.closest('[data-part]')?.getAttribute('data-part') as Part | undefined;
        const at = now ? all.indexOf(now) : -1;
        focusPart(all[(at + (event.shiftKey ? -1 : 1) + all.length) % all.length]!);
      } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.defaultPrevented) {
        event.preventDefault();
        run(event.shiftKey ? 'program' : 'visible');
      }
    }
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  });
  useLiveShortcuts([
    { key: '?', run: () => setHelp(true) },
    { key: 'c', run: () => focusPart('code') },
    ...(isRunning(view)
      ? [
          { key: 'm', run: () => toggleMicrophone(session) },
          { key: ' ', run: () => togglePause(session) },
          { key: 'r', run: actions.repeat },
          { key: 'u', run: () => takeCommandBack(session) },
          { key: 't', run: () => (setPart('talk'), requestAnimationFrame(() => input.current?.focus())) },
          { key: 'e', run: () => setAsking('end') },
        ]
      : []),
  ]);

  const instead = view.ended ? (
    <EndingPanel sessionId={sessionId} reason={view.ended.reason} onTakeBack={actions.retry} />
  ) : view.connection === 'idle' ? (
    <StartPanel resumed={screen.resumed} onStart={onStart} compact />
  ) : null;
  const time = template ? timeAgainst(view.elapsedMs, template.minutes) : null;
  const title = known.title.trim() && known.title !== 'Code interview' ? known.title : (template?.title ?? screen.title);
  const owner = known.code?.part === 'owner';
  const shows = (which: Part) => (part === which ? '' : 'max-lg:hidden');

  return (
    <div ref={whole} className="isolate flex h-dvh flex-col">
      <LiveHeader title={title} session={session} conversation keys={KEYS} help={help} onHelp={setHelp} time={time ? <span className={`text-sm whitespace-nowrap max-md:hidden ${time.over ? 'text-warn' : 'text-faint'}`}>{time.words}</span> : null} />
      <main id="content" className="flex min-h-0 flex-1 flex-col">
        <Announcements line={view.announcement} state={isRunning(view) && (!live || isPaused(view) || view.microphone === 'muted') ? stateWords({ ...view, personSpeaking: false }) : ''} />
        <nav aria-label="Parts of the workspace" className="flex shrink-0 border-b border-line px-2 lg:hidden">
          {(Object.keys(PARTS) as Part[]).map((one) => (
            <button key={one} type="button" aria-pressed={part === one} onClick={() => setPart(one)} className={`h-11 flex-1 border-b-2 text-[0.9375rem] ${part === one ? 'border-accent text-ink' : 'border-transparent text-soft'}`}>
              {PARTS[one]}
            </button>
          ))}
        </nav>
        <div className="flex min-h-0 flex-1 flex-col lg:flex-row" style={{ '--left': `${preferences.leftPercent}%`, '--right': `${preferences.rightPercent}%`, '--bottom': `${preferences.bottomPercent}%` } as React.CSSProperties}>
          <section aria-label="Problem and files" className={`flex min-h-0 flex-col max-lg:flex-1 lg:w-(--left) lg:max-w-[45%] lg:min-w-56 lg:shrink-0 ${shows('problem')}`}>
            <div data-part="problem" tabIndex={0} role="region" aria-label="Problem" className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-5 py-4 text-[0.9375rem] -outline-offset-2">
              <ProblemPanel loaded={problem.loaded} onRetry={() => void problem.reload()} />
            </div>
            <div className="flex max-h-[35%] shrink-0 flex-col border-t border-line">
              <FileList files={workspace.files} open={open} readOnly={readOnly || workspace.state !== 'ready'} onOpen={openFile} onCreate={create} onRename={rename} onDelete={remove} />
            </div>
          </section>
          <Splitter label="Width of the problem" direction="beside" percent={preferences.leftPercent} min={15} max={45} usual={DEFAULT_EDITOR.leftPercent} onChange={(leftPercent) => prefer({ ...preferences, leftPercent })} className="max-lg:hidden" />

          <section aria-label="Code and results" className={`flex min-h-0 min-w-0 flex-1 flex-col ${part === 'code' || part === 'results' ? '' : 'max-lg:hidden'}`}>
            <div className="flex shrink-0 flex-wrap items-center gap-1.5 border-b border-line py-1.5 pr-2 pl-4">
              <p className="flex min-w-0 flex-1 basis-40 items-baseline gap-2.5 max-sm:min-w-[70%]">
                <span className="truncate text-[0.9375rem] font-medium">{open ?? 'No file yet'}</span>
                <SavingWords workspace={workspace} />
              </p>
              <EditorSettings preferences={preferences} autocomplete={known.code?.autocomplete ?? false} onChange={prefer} />
              <RunButton label="Run" title={`Run the file as a program (${MOD} Shift Enter)`} disabled={!runnable || readOnly || runs.current !== null} onClick={() => run('program')} />
              {template ? (
                <>
                  <RunButton label="Run tests" primary title={`Run the visible tests (${MOD} Enter)`} disabled={!runnable || readOnly || runs.current !== null} onClick={() => run('visible')} />
                  <RunButton label="Submit" title="Run all tests, the hidden ones too" disabled={!runnable || readOnly || runs.current !== null} onClick={() => run('all')} />
                </>
              ) : null}
            </div>
            {workspace.state === 'failed' && workspace.problem ? (
              <div className="p-4">
                <ProblemNotice problem={workspace.problem} onRetry={() => void files.open()} />
              </div>
            ) : null}
            {conflicts > 0 && !readOnly ? (
              <ConflictBar count={conflicts} onShow={() => text !== null && editor.current?.goTo(Math.max(0, firstConflict(text)))} onResolve={resolve} />
            ) : workspace.merged && workspace.merged.path === open ? (
              <MergedBar key={workspace.merged.number} onGone={() => files.dismissMerged()} />
            ) : null}
            <div data-part="code" className={`flex min-h-0 flex-1 flex-col bg-raised ${shows('code')}`}>
              {workspace.state === 'loading' ? (
                <p role="status" className="m-auto text-soft">Opening your files…</p>
              ) : open !== null ? (
                <CodeEditor
                  ref={editor}
                  files={files}
                  reports={reports}
                  path={open}
                  keys={preferences.keymap}
                  fontSizePx={preferences.fontSizePx}
                  wrap={preferences.wrap || narrow}
                  autocomplete={known.code?.autocomplete ?? false}
                  readOnly={readOnly}
                  onRunTests={() => run('visible')}
                  onRun={() => run('program')}
                />
              ) : workspace.state === 'ready' ? (
                <ChooseLanguage readOnly={readOnly} hasProblem={template !== null} onChoose={start} />
              ) : null}
            </div>
            <Splitter label="Height of the results" direction="below" after percent={preferences.bottomPercent} min={12} max={75} usual={DEFAULT_EDITOR.bottomPercent} onChange={(bottomPercent) => prefer({ ...preferences, bottomPercent })} className="max-lg:hidden" />
            <div data-part="results" tabIndex={-1} className={`min-h-0 max-lg:flex-1 lg:h-(--bottom) lg:shrink-0 ${shows('results')}`}>
              <ResultsPanel problem={template} runs={runs} tab={shownTab} onTab={setTab} stdin={stdin} onStdin={setStdin} />
            </div>
          </section>

          <Splitter label="Width of the conversation" direction="beside" after percent={preferences.rightPercent} min={18} max={45} usual={DEFAULT_EDITOR.rightPercent} onChange={(rightPercent) => prefer({ ...preferences, rightPercent })} className="max-lg:hidden" />
          <section data-part="talk" tabIndex={-1} aria-label="The interview" className={`min-h-0 max-lg:flex-1 lg:w-(--right) lg:max-w-[45%] lg:min-w-64 lg:shrink-0 ${instead && part !== 'talk' ? 'max-lg:flex-none' : shows('talk')}`}>
            {instead && part !== 'talk' ? (
              <>
                <div className="h-full max-lg:hidden">
                  <VoicePanel session={session} input={input} onEnd={() => setAsking('end')} instead={instead} />
                </div>
                <div className="border-t border-line p-3 lg:hidden">{instead}</div>
              </>
            ) : (
              <VoicePanel session={session} input={input} onEnd={() => setAsking('end')} instead={instead} />
            )}
          </section>
        </div>
        {instead ? null : (
          <div className="grid shrink-0 gap-2 border-t border-line px-3 pt-2 pb-[max(0.5rem,env(safe-area-inset-bottom))] lg:hidden">
            <VoiceState session={session} />
            <VoiceControls session={session} onEnd={() => setAsking('end')} />
          </div>
        )}
      </main>
      <p role="status" className="sr-only">
        {deleted ? `${deleted.path} is deleted.` : ''}
      </p>
      {deleted ? (
        <UndoToast
          key={deleted.path}
          text={`${deleted.path} is deleted`}
          onGone={() => setDeleted(null)}
          onUndo={() => {
            if (files.create(deleted.path, deleted.content)) openFile(deleted.path);
            setDeleted(null);
          }}
        />
      ) : null}
      <ConfirmDialog open={asking === 'end'} onOpenChange={(shown) => !shown && setAsking(null)} title="End the interview?" cancel="Go on" confirm="End it" onConfirm={actions.end}>
        Your code and everything said are kept. The session cannot be continued afterwards.
      </ConfirmDialog>
      <ConfirmDialog
        open={asking === 'next'}
        onOpenChange={(shown) => !shown && setAsking(null)}
        title="Another problem?"
        cancel="Stay with this one"
        confirm={owner ? 'End this and choose' : 'Understood'}
        onConfirm={() => {
          if (!owner) return;
          actions.end();
          router.push('/sessions/new?kind=code');
        }}
      >
        {owner ? 'Each problem is a session of its own. This one ends, with everything kept, and you choose the next.' : 'Your interviewer chose this problem for you. Tell them if you would like another.'}
      </ConfirmDialog>
    </div>
  );
}

function RunButton({ label, title, primary = false, ...rest }: { label: string; title: string; primary?: boolean; disabled: boolean; onClick: () => void }) {
  const Icon = label === 'Run' ? Play : Flask;
  return (
    <Button variant={primary ? 'primary' : 'quiet'} title={title} className="h-9! px-3! max-sm:flex-1" {...rest}>
      <Icon aria-hidden size={16} className="max-sm:hidden" />
      {label}
    </Button>
  );
}
