import { NotHeard } from '#components/code-replay/not-heard.tsx';
import type { Caption } from '#components/live-session/live-session-types.ts';
import { FollowingColumn, unfinished } from '#components/screens/caption-list.tsx';

/** What is said, as it is understood; provisional words are softer. */
export function LiveWords({ captions, agentText, empty }: { captions: Caption[]; agentText: string; empty: string }) {
  const last = captions.at(-1);
  const alreadyListed = last?.speaker === 'agent' && last.text.trim() === agentText.trim();
  const lines = agentText && !alreadyListed ? [...captions, { itemId: 'now', speaker: 'agent', text: agentText, final: true, startSample: 0 } satisfies Caption] : captions;
  return (
    <FollowingColumn label="Conversation" compact growth={`${captions.length} ${last?.text.length} ${agentText.length}`}>
      {lines.length === 0 ? <p className="m-auto text-center text-[0.9375rem] text-soft">{empty}</p> : null}
      {lines.map(({ itemId, speaker, text, unheardText, final }) => (
        <div key={itemId} className={speaker === 'agent' ? '' : 'border-l-2 border-accent pl-3'}>
          <p className={`text-[0.8125rem] ${speaker === 'agent' ? 'text-faint' : 'text-accent'}`}>{speaker === 'agent' ? 'Interviewer' : 'Candidate'}</p>
          <p className={speaker === 'agent' ? 'font-serif leading-snug' : 'text-[0.9375rem] leading-normal'}>
            <span data-provisional={final ? undefined : ''} className={final ? '' : 'text-faint italic'}>
              {final ? text : unfinished(text)}
            </span>
            <NotHeard text={unheardText} />
          </p>
        </div>
      ))}
    </FollowingColumn>
  );
}
