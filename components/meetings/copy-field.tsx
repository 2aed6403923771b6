'use client';

import { useId, useState } from 'react';
import Check from 'lucide-react/icons/check';
import Copy from 'lucide-react/icons/copy';
import { Button } from '#components/ui/button.tsx';

/** Something to be pasted elsewhere, with the button that copies it. */
export function CopyField({ label, value }: { label: string; value: string }) {
  const id = useId();
  const [said, setSaid] = useState('');
  async function copy() {
    try {
      await navigator.clipboard.writeText(value);
      setSaid('Copied');
    } catch {
      setSaid('The browser did not allow copying. Select the text instead.');
    }
  }
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block font-medium">
        {label}
      </label>
      <div className="flex gap-2">
        <input id={id} readOnly value={value} onFocus={(event) => event.target.select()} className="h-11 w-0 flex-1 rounded-xl border border-edge bg-sunken px-3 font-mono text-[0.9375rem] text-ink" />
        <Button variant="quiet" onClick={() => void copy()} aria-label={`Copy: ${label}`}>
          {said === 'Copied' ? <Check aria-hidden size={18} /> : <Copy aria-hidden size={18} />}
          {said === 'Copied' ? 'Copied' : 'Copy'}
        </Button>
      </div>
      <p role="status" className="mt-1 text-sm text-soft empty:hidden">
        {said === 'Copied' ? <span className="sr-only">{label}: copied.</span> : said}
      </p>
    </div>
  );
}
