import { STATUS_WORDS, type Tone } from '#components/screens/words.ts';
import type { SessionStatus } from '#domain/stream/protocol.ts';

const LOOKS: Record<Tone, string> = { calm: 'bg-sunken text-soft', good: 'bg-wash text-accent', warn: 'bg-warn-wash text-warn', bad: 'bg-danger-wash text-danger' };

/** A session's status in words, its own or other ones; the colour only underlines them. */
export function StatusBadge({ status, label }: { status: SessionStatus; label?: string }) {
  const { label: own, tone } = STATUS_WORDS[status];
  return <span className={`inline-flex items-center rounded-full px-2.5 py-0.5 text-sm whitespace-nowrap ${LOOKS[tone]}`}>{label ?? own}</span>;
}
