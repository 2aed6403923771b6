import type { ReactNode } from 'react';
import ChevronRight from 'lucide-react/icons/chevron-right';

/** The line that opens a `details` element of the class `group/more`. */
export function MoreSummary({ children }: { children: ReactNode }) {
  return (
    <summary className="inline-flex min-h-9 list-none items-center gap-1 rounded pr-1.5 text-soft hover:text-ink [&::-webkit-details-marker]:hidden">
      <ChevronRight aria-hidden size={16} className="transition-transform group-open/more:rotate-90" />
      {children}
    </summary>
  );
}
