'use client';

import Link from 'next/link';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { Button, buttonClass } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { withNext } from '#components/screens/next-path.ts';
import type { AccountField, AccountProblem } from './account-problem.ts';

export type FieldErrors = Partial<Record<AccountField | 'name', string>>;

const PAGES = { 'sign-in': ['/sign-in', 'Sign in'], confirm: ['/sign-up/confirm', 'Enter the code'], reset: ['/reset-password', 'New password'] } as const;

/**
 * The form of a page of signing in. What is wrong with a field is said at it, and the first such field gets the focus;
 * everything else stands above. Its method keeps fields out of the address should it be sent before the page's script runs.
 */
export function AccountForm({ problem, errors, busy, submit, busyWords, next, after, onSubmit, children }: {
  problem: AccountProblem | null;
  errors: FieldErrors;
  busy: boolean;
  submit: string;
  busyWords: string;
  next: string;
  /** Stands below the button. */
  after?: ReactNode;
  onSubmit: (values: (name: string) => string) => void;
  children: ReactNode;
}) {
  const form = useRef<HTMLFormElement>(null);
  const [tries, setTries] = useState(0);
  const wrong = Object.keys(errors).join(' ');
  useEffect(() => {
    if (wrong) form.current?.querySelector<HTMLInputElement>('[aria-invalid="true"]')?.focus();
  }, [wrong, problem, tries]);

  function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (busy) return;
    setTries(tries + 1);
    const data = new FormData(event.currentTarget);
    onSubmit((name) => String(data.get(name) ?? ''));
  }
  return (
    <form ref={form} method="post" onSubmit={send} noValidate aria-busy={busy} className="grid gap-6">
      {problem && !problem.field ? (
        <Notice tone="bad" urgent title={problem.title} actions={problem.leadsTo ? <HelpLink to={problem.leadsTo} next={next} /> : null}>
          <p>{problem.next}</p>
        </Notice>
      ) : null}
      {children}
      <Button type="submit" size="l" aria-disabled={busy} className={busy ? 'opacity-55' : ''}>
        {busy ? busyWords : submit}
      </Button>
      {after}
    </form>
  );
}

function HelpLink({ to, next }: { to: keyof typeof PAGES; next: string }) {
  const [page, words] = PAGES[to];
  return (
    <Link href={withNext(page, next)} className={buttonClass('quiet')}>
      {words}
    </Link>
  );
}

/** A quiet way to another page of signing in. */
export function AccountLink({ page, next, children }: { page: Parameters<typeof withNext>[0]; next: string; children: ReactNode }) {
  return (
    <Link href={withNext(page, next)} className="inline-flex min-h-11 items-center font-medium text-accent underline underline-offset-4 hover:text-accent-deep">
      {children}
    </Link>
  );
}

/** What is wrong among what was looked at, field by field. */
export function faults(found: { [field in keyof FieldErrors]: string | null }): FieldErrors {
  return Object.fromEntries(Object.entries(found).filter(([, message]) => message));
}

/** The errors of a form with what the service said about one of its fields. */
export function withProblem(errors: FieldErrors, problem: AccountProblem | null): FieldErrors {
  return problem?.field ? { ...errors, [problem.field]: problem.next } : errors;
}

export function emailProblem(email: string): string | null {
  return /^\S+@\S+\.\S+$/.test(email) ? null : 'Give an e-mail address, such as ada@example.com.';
}
export function codeProblem(code: string): string | null {
  return code ? null : 'Enter the code.';
}
/** Codes are pasted with spaces and dashes. */
export const plainCode = (typed: string) => typed.replace(/[\s-]/g, '');
