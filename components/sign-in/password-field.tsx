'use client';

import { useId, useState } from 'react';
import Check from 'lucide-react/icons/check';
import Circle from 'lucide-react/icons/circle';
import Eye from 'lucide-react/icons/eye';
import EyeOff from 'lucide-react/icons/eye-off';
import type { PasswordRules } from '#domain/identity/account.ts';
import { INPUT_CLASS } from '#components/ui/field.tsx';
import { passwordRules, rulesForManagers } from './password-rules.ts';

/** A password that can be looked at. With `rules` it is a new one: what it still needs is seen while it is typed. */
export function PasswordField({ label, error, rules, autoFocus }: { label: string; error?: string; rules?: PasswordRules; autoFocus?: boolean }) {
  const id = useId();
  const [shown, setShown] = useState(false);
  const [typed, setTyped] = useState('');
  const notes = [error ? `${id}-error` : null, rules ? `${id}-rules` : null].filter(Boolean).join(' ');
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block font-medium">
        {label}
      </label>
      <div className="relative">
        <input
          id={id}
          name="password"
          type={shown ? 'text' : 'password'}
          autoComplete={rules ? 'new-password' : 'current-password'}
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          maxLength={256}
          autoFocus={autoFocus}
          onChange={rules ? (event) => setTyped(event.target.value) : undefined}
          aria-invalid={error ? true : undefined}
          aria-describedby={notes || undefined}
          className={`${INPUT_CLASS} w-full pr-14`}
          {...(rules ? { passwordrules: rulesForManagers(rules) } : {})}
        />
        <button type="button" aria-pressed={shown} aria-label="Show the password" onClick={() => setShown(!shown)} className="absolute inset-y-0.5 right-0.5 grid w-11 place-items-center rounded-xl text-soft hover:text-ink">
          {shown ? <EyeOff aria-hidden size={20} /> : <Eye aria-hidden size={20} />}
        </button>
      </div>
      {error ? (
        <p id={`${id}-error`} className="mt-1.5 text-sm text-danger">
          {error}
        </p>
      ) : null}
      {rules ? (
        <ul id={`${id}-rules`} className="mt-2.5 grid gap-1 text-[0.9375rem]">
          {passwordRules(rules).map(({ text, holds }) => {
            const held = holds(typed);
            return (
              <li key={text} className={`flex items-center gap-2 ${held ? 'text-accent' : 'text-soft'}`}>
                {held ? <Check aria-hidden size={16} className="shrink-0" /> : <Circle aria-hidden size={16} className="shrink-0 opacity-60" />}
                {text}
                <span className="sr-only">{held ? '(done)' : '(missing)'}</span>
              </li>
            );
          })}
        </ul>
      ) : null}
    </div>
  );
}
