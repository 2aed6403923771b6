'use client';

import { useState } from 'react';
import Download from 'lucide-react/icons/download';
import { api } from '#components/api/client.ts';
import { Button } from '#components/ui/button.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { ConfirmDialog } from '#components/ui/dialogs.tsx';
import { ProblemNotice } from '#components/ui/problem-notice.tsx';
import { SpoolMark } from '#components/ui/spool-mark.tsx';
import type { Profile } from '#domain/interests/ports.ts';
import { downloadText } from './download-text.ts';
import { groupByCategory } from './interest-evidence.ts';
import { ProfileInterestCard } from './profile-interest-card.tsx';
import { jsonFile, profileMarkdown } from './session-file.ts';
import { useAttempt, useLoad } from './use-load.ts';
import { categoryName, whenWords } from './words.ts';

/** What all sessions together say about the person, with the evidence; theirs to take along or to have forgotten. */
export function ProfileScreen() {
  const { loaded, reload } = useLoad('profile', async (signal) => ({ profile: await api.getProfile(signal), nowMs: Date.now() }));
  const { problem, attempt } = useAttempt();
  const [asking, setAsking] = useState(false);
  const [said, setSaid] = useState('');

  const save = (format: 'json' | 'md') =>
    attempt(async () => {
      setSaid('');
      // Asked for anew, so that the file is what the server has now.
      const profile = await api.getProfile();
      if (format === 'json') downloadText('spool-profile.json', 'application/json', jsonFile(profile));
      else downloadText('spool-profile.md', 'text/markdown', profileMarkdown(profile));
      setSaid('The profile is downloaded.');
    });
  const forget = () =>
    attempt(async () => {
      setSaid('');
      await api.eraseProfile();
      await reload();
      setSaid('Your profile is forgotten. What your sessions say is still listed as long as they exist.');
    });

  return (
    <>
      <h1 className="text-4xl">Profile</h1>
      <p className="mt-3 max-w-prose text-soft">What your sessions together say about you. Every claim leads to the moment you said it. Samples do not count.</p>
      <p role="status" className="mt-2 text-[0.9375rem] text-accent empty:hidden">
        {said}
      </p>
      {problem ? (
        <div className="mt-6">
          <ProblemNotice problem={problem} />
        </div>
      ) : null}
      {loaded.state === 'loading' ? <Loading /> : null}
      {loaded.state === 'failed' ? (
        <div className="mt-8">
          <ProblemNotice problem={loaded.problem} onRetry={() => void reload()} />
        </div>
      ) : null}
      {loaded.state === 'ready' ? (
        <>
          <div className="mt-6 flex flex-wrap gap-2">
            <Button variant="quiet" onClick={() => void save('json')}>
              <Download aria-hidden size={18} />
              Export as JSON
            </Button>
            <Button variant="quiet" onClick={() => void save('md')}>
              <Download aria-hidden size={18} />
              Export as Markdown
            </Button>
            <Button variant="danger" aria-haspopup="dialog" onClick={() => setAsking(true)}>
              Forget my profile
            </Button>
          </div>
          {loaded.value.profile.interests.length > 0 ? <Groups {...loaded.value} /> : <Empty />}
        </>
      ) : null}
      <ConfirmDialog open={asking} onOpenChange={setAsking} title="Forget your profile?" cancel="Keep it" confirm="Forget it" danger onConfirm={() => void forget()}>
        <p>There is no way to bring it back. These go:</p>
        <ul className="mt-3 grid list-disc gap-1 pl-5 marker:text-faint">
          <li>what you confirmed and what you deleted, across all sessions</li>
          <li>the summary that recommendations would be based on</li>
        </ul>
        <p className="mt-3">Your sessions stay, and what was noted in each is still listed here. To remove that as well, delete it in its session, or erase the session.</p>
      </ConfirmDialog>
    </>
  );
}

function Groups({ profile, nowMs }: { profile: Profile; nowMs: number }) {
  return (
    <>
      {profile.updatedAt ? <p className="mt-6 text-[0.9375rem] text-faint">Last changed: {whenWords(profile.updatedAt, nowMs)}</p> : null}
      <div className="mt-8 grid grid-cols-1 gap-x-3 gap-y-10 md:grid-cols-2">
        {groupByCategory(profile.interests).map(({ category, interests }) => (
          // One alone shares its row with the next.
          <section key={category} aria-labelledby={`category-${category}`} className={interests.length > 1 ? 'md:col-span-2' : ''}>
            <h2 id={`category-${category}`} className="text-2xl">
              {categoryName(category)}
            </h2>
            <ul className={`mt-4 grid grid-cols-1 gap-3 ${interests.length > 1 ? 'md:grid-cols-2' : ''}`}>
              {interests.map((interest) => (
                <ProfileInterestCard key={interest.topic} interest={interest} nowMs={nowMs} />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </>
  );
}

function Empty() {
  return (
    <div className="mt-10 grid justify-items-center gap-4 rounded-3xl border border-line px-6 py-14 text-center">
      <SpoolMark size={44} />
      <h2 className="text-2xl">Nothing is known about you yet</h2>
      <p className="max-w-sm text-soft">Talk with the interviewer about what you like. What it understands appears here, with your own words.</p>
      <ButtonLink href="/sessions/new?kind=onboarding">Start an interview</ButtonLink>
    </div>
  );
}

function Loading() {
  return (
    <div role="status" className="mt-8 grid gap-3 md:grid-cols-2">
      <span className="sr-only">Loading your profile</span>
      {[1, 2, 3, 4].map((card) => (
        <div key={card} aria-hidden className="h-32 animate-pulse rounded-2xl bg-sunken" />
      ))}
    </div>
  );
}
