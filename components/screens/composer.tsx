'use client';

import { useState, type RefObject } from 'react';
import Send from 'lucide-react/icons/send';
import { MAX_TEXT_CHARS } from './limits.ts';

/** Typing instead of speaking: always there, Enter sends, Shift+Enter breaks the line, Escape gives the keys back to the page. */
export function Composer({ input, label, onSend }: { input: RefObject<HTMLTextAreaElement | null>; label: string; onSend: (text: string) => void }) {
  const [text, setText] = useState('');
  const sendable = text.trim() !== '';
  function send() {
    if (!sendable) return;
    onSend(text.trim());
    setText('');
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      className="flex items-end gap-2 rounded-2xl border border-edge bg-raised p-1.5 focus-within:border-accent focus-within:outline-1 focus-within:outline-accent"
    >
      <textarea
        ref={input}
        rows={1}
        aria-label={label}
        placeholder={label}
        value={text}
        maxLength={MAX_TEXT_CHARS}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur();
          if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
            event.preventDefault();
            send();
          }
        }}
        className="field-sizing-content max-h-40 min-h-11 w-full resize-none bg-transparent px-3 py-2.5 outline-none placeholder:text-faint"
      />
      <button type="submit" disabled={!sendable} aria-label="Send" className="grid size-11 shrink-0 place-items-center rounded-xl bg-accent text-on-accent hover:bg-accent-deep disabled:bg-sunken disabled:text-faint">
        <Send aria-hidden size={18} />
      </button>
    </form>
  );
}
