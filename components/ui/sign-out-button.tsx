'use client';

import { useRouter } from 'next/navigation';
import { useState, type ReactNode } from 'react';
import { api } from '#components/api/client.ts';
import { buttonClass } from './button.tsx';

/** Ends the sign-in and leads to the start page. When the server does not answer, says so and stays. */
export function SignOutButton({ children }: { children: ReactNode }) {
  const router = useRouter();
  const [failed, setFailed] = useState(false);
  async function signOut() {
    try {
      await api.signOut();
      router.push('/');
      router.refresh();
    } catch {
      setFailed(true);
    }
  }
  return (
    <>
      <button type="button" onClick={signOut} className={buttonClass('bare', 'm', 'max-sm:w-11 max-sm:px-0')}>
        {children}
      </button>
      <span role="status" className={failed ? 'text-sm text-danger' : 'sr-only'}>
        {failed ? 'Spool does not answer. Try again.' : ''}
      </span>
    </>
  );
}
