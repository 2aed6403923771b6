'use client';

import CircleQuestion from 'lucide-react/icons/circle-question-mark';
import { InfoDialog } from '#components/ui/dialogs.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';

/** The keys of a page, in a dialog that the question mark opens. */
export function HelpDialog({ keys, open, onOpenChange }: { keys: [key: string, does: string][]; open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <>
      <IconButton label="Keys and help" aria-haspopup="dialog" onClick={() => onOpenChange(true)}>
        <CircleQuestion aria-hidden size={19} strokeWidth={1.75} />
      </IconButton>
      <InfoDialog title="Keys" open={open} onOpenChange={onOpenChange}>
        <dl className="grid grid-cols-[auto_1fr] items-center gap-x-5 gap-y-2.5">
          {keys.map(([key, does]) => (
            <div key={key} className="contents">
              <dt>
                <kbd className="inline-block min-w-9 rounded-lg border border-edge bg-paper px-2 py-0.5 text-center font-sans text-sm">{key}</kbd>
              </dt>
              <dd className="text-soft">{does}</dd>
            </div>
          ))}
        </dl>
      </InfoDialog>
    </>
  );
}
