'use client';

import { useState, type FormEvent } from 'react';
import FileCode from 'lucide-react/icons/file-code';
import Pencil from 'lucide-react/icons/pencil';
import Plus from 'lucide-react/icons/plus';
import Trash from 'lucide-react/icons/trash-2';
import { IconButton } from '#components/ui/icon-button.tsx';
import { filePathOf } from '#domain/code/file-path.ts';
import { MAX_FILES } from '#domain/code/file.ts';
import { SpoolError } from '#domain/errors.ts';

interface Props {
  files: { path: string; saved: boolean }[];
  open: string | null;
  readOnly: boolean;
  onOpen: (path: string) => void;
  onCreate: (path: string) => void;
  onRename: (path: string, to: string) => void;
  onDelete: (path: string) => void;
}

/** The files of the workspace: open, make, rename, delete. */
export function FileList({ files, open, readOnly, onOpen, onCreate, onRename, onDelete }: Props) {
  const [naming, setNaming] = useState<{ path: string | null } | null>(null);
  const names = new Set(files.map(({ path }) => path));
  const full = files.length >= MAX_FILES;
  function named(path: string) {
    if (naming?.path) onRename(naming.path, path);
    else onCreate(path);
    setNaming(null);
  }
  const nameForm = (now: string) => <NameForm now={now} taken={names} onName={named} onCancel={() => setNaming(null)} />;
  return (
    <section aria-labelledby="files" className="flex min-h-0 flex-col">
      <div className="flex items-center justify-between py-1 pr-2 pl-5">
        <h2 id="files" className="font-sans text-sm font-medium tracking-normal text-soft">
          Files
        </h2>
        {readOnly ? null : (
          <IconButton label={full ? `A workspace may have at most ${MAX_FILES} files` : 'New file'} disabled={full} onClick={() => setNaming({ path: null })} className="size-9">
            <Plus aria-hidden size={17} />
          </IconButton>
        )}
      </div>
      <ul className="min-h-0 overflow-y-auto overscroll-contain px-2 pb-2">
        {files.map(({ path, saved }) =>
          naming?.path === path ? (
            <li key={path}>{nameForm(path)}</li>
          ) : (
            <li key={path} className={`group flex items-center rounded-xl ${path === open ? 'bg-wash' : 'hover:bg-sunken'}`}>
              <button type="button" aria-current={path === open ? 'true' : undefined} onClick={() => onOpen(path)} className="flex min-h-9 min-w-0 flex-1 items-center gap-2 rounded-xl px-3 text-left text-[0.9375rem]">
                <FileCode aria-hidden size={16} strokeWidth={1.75} className="shrink-0 text-faint" />
                <span className="truncate" title={path}>
                  {path}
                </span>
                {saved ? null : (
                  <span className="size-1.5 shrink-0 rounded-full bg-warn">
                    <span className="sr-only">not saved yet</span>
                  </span>
                )}
              </button>
              {readOnly ? null : (
                <span className="flex shrink-0 transition-opacity lg:opacity-0 lg:group-focus-within:opacity-100 lg:group-hover:opacity-100">
                  <IconButton label={`Rename ${path}`} onClick={() => setNaming({ path })} className="size-8">
                    <Pencil aria-hidden size={15} />
                  </IconButton>
                  <IconButton label={`Delete ${path}`} onClick={() => onDelete(path)} className="size-8 hover:text-danger">
                    <Trash aria-hidden size={15} />
                  </IconButton>
                </span>
              )}
            </li>
          ),
        )}
        {naming && naming.path === null ? <li>{nameForm('')}</li> : null}
        {files.length === 0 && !naming ? <li className="px-3 py-1 text-sm text-faint">None yet.</li> : null}
      </ul>
    </section>
  );
}

/** Enter takes the name, Escape leaves things as they were. */
function NameForm({ now, taken, onName, onCancel }: { now: string; taken: Set<string>; onName: (path: string) => void; onCancel: () => void }) {
  const [error, setError] = useState<string | null>(null);
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const typed = String(new FormData(event.currentTarget).get('path') ?? '').trim();
    if (typed === now) return onCancel();
    try {
      const path = filePathOf(typed);
      if (taken.has(path)) setError('There is a file of this name already.');
      else onName(path);
    } catch (thrown) {
      if (!(thrown instanceof SpoolError)) throw thrown;
      setError(thrown.errors?.[0]?.message ?? thrown.personMessage);
    }
  }
  return (
    <form onSubmit={submit} className="px-1 py-1">
      <input
        name="path"
        autoFocus
        defaultValue={now}
        aria-label={now ? `New name of ${now}` : 'Name of the new file'}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? 'file-name-error' : undefined}
        placeholder="helper.py"
        autoCapitalize="off"
        spellCheck={false}
        onFocus={(event) => event.target.setSelectionRange(0, Math.max(0, event.target.value.lastIndexOf('.')) || event.target.value.length)}
        onKeyDown={(event) => event.key === 'Escape' && onCancel()}
        onBlur={(event) => event.target.value.trim() === now && onCancel()}
        className="h-9 w-full rounded-xl border border-accent bg-raised px-3 text-[0.9375rem] outline-none placeholder:text-faint"
      />
      <p id="file-name-error" role="alert" className="px-2 pt-1 text-sm text-danger empty:hidden">
        {error}
      </p>
    </form>
  );
}
