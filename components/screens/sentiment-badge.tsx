'use client';

import Heart from 'lucide-react/icons/heart';
import Scale from 'lucide-react/icons/scale';
import HeartOff from 'lucide-react/icons/heart-off';
import type { Sentiment } from '#domain/interests/interest.ts';
import { useInventedPerson } from './invented-person.ts';
import { sentimentWords } from './words.ts';

const LOOKS: Record<Sentiment, { look: string; Icon: typeof Heart }> = {
  positive: { look: 'bg-wash text-accent', Icon: Heart },
  mixed: { look: 'bg-warn-wash text-warn', Icon: Scale },
  negative: { look: 'bg-sunken text-soft', Icon: HeartOff },
};

/** How the person feels about a topic: in words, with a sign; the colour only underlines them. */
export function SentimentBadge({ sentiment }: { sentiment: Sentiment }) {
  const { look, Icon } = LOOKS[sentiment];
  const invented = useInventedPerson();
  return (
    <span className={`inline-flex items-center gap-1.5 rounded-full px-2.5 py-0.5 text-sm whitespace-nowrap ${look}`}>
      <Icon aria-hidden size={14} />
      {sentimentWords(sentiment, invented)}
    </span>
  );
}
