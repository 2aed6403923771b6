'use client';

import { useState } from 'react';
import { api } from '#components/api/client.ts';
import { useAttempt } from '#components/screens/use-load.ts';
import { Button } from '#components/ui/button.tsx';
import { ProblemNotice } from '#components/ui/problem-notice.tsx';

/** For somebody who lost a device, or changed a password because another knew it. */
export function SignOutEverywhere() {
  const { problem, attempt } = useAttempt();
  const [busy, setBusy] = useState(false);
  async function signOut() {
    setBusy(true);
    const done = await attempt(() => api.signOutEverywhere().then(() => true));
    setBusy(false);
    if (done) location.replace('/sign-in');
  }
  return (
    <section aria-labelledby="sign-ins" className="mt-16 border-t border-line pt-8">
      <h2 id="sign-ins" className="text-2xl">
        Where you are signed in
      </h2>
      <p className="mt-3 mb-4 max-w-prose text-soft">Lost a device, or somebody else knew your password? Sign out everywhere, here too. Another device may go on for up to an hour, until its present sign-in runs out.</p>
      {problem ? (
        <div className="mb-4">
          <ProblemNotice problem={problem} />
        </div>
      ) : null}
      <Button variant="quiet" disabled={busy} onClick={() => void signOut()}>
        {busy ? 'Signing out…' : 'Sign out everywhere'}
      </Button>
    </section>
  );
}
