'use client';

import { api } from '#components/api/client.ts';
import { useLoad } from './use-load.ts';

/** What LangFlow wrote about an interview, as plain text: it is a stranger's, and no part of the outcome. Nothing while there is none. */
export function FollowUpPanel({ sessionId }: { sessionId: string }) {
  const { loaded } = useLoad(`follow-up ${sessionId}`, (signal) => api.getFollowUp(sessionId, signal));
  const followUp = loaded.state === 'ready' ? loaded.value.followUp : null;
  if (!followUp) return null;
  return (
    <section aria-labelledby="follow-up" className="mt-10">
      <h2 id="follow-up" className="text-2xl">
        Follow-up
      </h2>
      <p className="mt-2 max-w-prose text-[0.9375rem] text-soft">
        Written by LangFlow (flow <span className="wrap-anywhere">{followUp.flow}</span>) from the transcript. Nobody checked it against what was said.
      </p>
      <div className="mt-4 max-w-prose rounded-xl border border-line bg-raised px-5 py-4 leading-relaxed wrap-anywhere whitespace-pre-wrap">{followUp.text}</div>
    </section>
  );
}
