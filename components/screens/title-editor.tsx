'use client';

import { useRef, useState } from 'react';
import Pencil from 'lucide-react/icons/pencil';
import Undo from 'lucide-react/icons/undo-2';
import { Button } from '#components/ui/button.tsx';
import { INPUT_CLASS } from '#components/ui/field.tsx';

const MAX_TITLE_CHARS = 200;

/** The title, editable in place: Enter saves, Escape leaves it as it was, and the last change can be undone. */
export function TitleEditor({ title, placeholder, onSave }: { title: string; placeholder: string; onSave: (title: string) => Promise<boolean> }) {
  const [draft, setDraft] = useState<string | null>(null);
  const [previous, setPrevious] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const pencil = useRef<HTMLButtonElement>(null);

  async function save(next: string, undoTo: string | null) {
    setBusy(true);
    const saved = next === title || (await onSave(next));
    setBusy(false);
    if (!saved) return;
    if (next !== title) setPrevious(undoTo);
    close();
  }
  function close() {
    setDraft(null);
    requestAnimationFrame(() => pencil.current?.focus());
  }

  if (draft !== null) {
    return (
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save(draft.trim(), title);
        }}
        className="flex flex-wrap gap-2"
      >
        <input
          autoFocus
          aria-label="Title"
          value={draft}
          placeholder={placeholder}
          maxLength={MAX_TITLE_CHARS}
          onChange={(event) => setDraft(event.target.value)}
          onFocus={(event) => event.target.select()}
          onKeyDown={(event) => {
            if (event.key === 'Escape') close();
          }}
          className={`${INPUT_CLASS} min-w-0 grow basis-64 font-serif text-xl`}
        />
        <Button type="submit" disabled={busy}>
          {busy ? 'Saving…' : 'Save'}
        </Button>
        <Button variant="bare" onClick={close}>
          Leave it
        </Button>
      </form>
    );
  }
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <h1 className="max-w-[calc(100%-3rem)] text-3xl wrap-anywhere sm:text-[2.75rem]">{title || placeholder}</h1>
      <button ref={pencil} type="button" aria-label="Change the title" onClick={() => setDraft(title)} className="grid size-10 place-items-center rounded-full text-faint hover:bg-sunken hover:text-ink">
        <Pencil aria-hidden size={18} strokeWidth={1.75} />
      </button>
      <span role="status" className="flex items-center gap-1 text-sm text-faint">
        {previous !== null ? 'Saved.' : ''}
        {previous !== null ? (
          <Button variant="bare" disabled={busy} onClick={() => void save(previous, null)}>
            <Undo aria-hidden size={16} />
            Undo
          </Button>
        ) : null}
      </span>
    </div>
  );
}
