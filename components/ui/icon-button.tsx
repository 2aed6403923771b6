import type { ComponentProps, ReactNode } from 'react';

/** A round button that is only an icon; `label` is its name. */
export function IconButton({ label, children, className = '', ...rest }: ComponentProps<'button'> & { label: string; children: ReactNode }) {
  return (
    <button type="button" aria-label={label} title={label} className={`grid size-10 shrink-0 place-items-center rounded-full text-soft hover:bg-sunken hover:text-ink ${className}`} {...rest}>
      {children}
    </button>
  );
}
