import type { ReactNode } from 'react';
import CircleAlert from 'lucide-react/icons/circle-alert';
import CircleCheck from 'lucide-react/icons/circle-check';
import Info from 'lucide-react/icons/info';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import type { Tone } from '#components/screens/words.ts';

const LOOKS: Record<Tone, { box: string; icon: string; Icon: typeof Info }> = {
  calm: { box: 'bg-sunken', icon: 'text-soft', Icon: Info },
  good: { box: 'bg-wash', icon: 'text-accent', Icon: CircleCheck },
  warn: { box: 'bg-warn-wash', icon: 'text-warn', Icon: TriangleAlert },
  bad: { box: 'bg-danger-wash', icon: 'text-danger', Icon: CircleAlert },
};

/** What was wrong (or right) and what to do next. `urgent` is read out at once, so it is only for what stops the person. */
export function Notice({ tone = 'calm', title, children, actions, urgent = false }: { tone?: Tone; title: ReactNode; children?: ReactNode; actions?: ReactNode; urgent?: boolean }) {
  const { box, icon, Icon } = LOOKS[tone];
  return (
    <div role={urgent ? 'alert' : undefined} className={`@container flex w-full gap-3 rounded-2xl px-3.5 py-3 sm:px-4 sm:py-3.5 ${box}`}>
      <Icon aria-hidden size={20} className={`mt-0.5 shrink-0 ${icon}`} />
      <div className="min-w-0 flex-1 @md:flex @md:items-center @md:justify-between @md:gap-4">
        <div>
          <p className="font-medium">{title}</p>
          {children ? <div className="mt-0.5 text-[0.9375rem] text-soft">{children}</div> : null}
        </div>
        {actions ? <div className="mt-3 flex flex-wrap gap-2 @md:mt-0 @md:shrink-0">{actions}</div> : null}
      </div>
    </div>
  );
}
