import type { ComponentProps, ReactNode } from 'react';
import { useId } from 'react';

export const INPUT_CLASS = 'h-12 rounded-xl border border-edge bg-raised px-4 text-base text-ink placeholder:text-faint hover:border-ink aria-invalid:border-danger';

/** A labelled text input whose hint and error are tied to it for screen readers. */
export function TextField({ label, hint, error, ...input }: ComponentProps<'input'> & { label: ReactNode; hint?: string; error?: string }) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block font-medium">
        {label}
      </label>
      <input id={id} className={`${INPUT_CLASS} w-full`} aria-invalid={error ? true : undefined} aria-describedby={error || hint ? `${id}-note` : undefined} {...input} />
      {error || hint ? (
        <p id={`${id}-note`} className={`mt-1.5 text-sm ${error ? 'text-danger' : 'text-faint'}`}>
          {error ?? hint}
        </p>
      ) : null}
    </div>
  );
}

/** The system's own select: the best there is on a phone, and no script. */
export function SelectField({ label, children, className = '', ...select }: ComponentProps<'select'> & { label: ReactNode }) {
  const id = useId();
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1.5 block font-medium">
        {label}
      </label>
      <select id={id} className={`${INPUT_CLASS} select w-full`} {...select}>
        {children}
      </select>
    </div>
  );
}

/** One of several answers as a card: the whole card is the label of its radio button. */
export function ChoiceCard({ title, children, ...input }: Omit<ComponentProps<'input'>, 'type' | 'title'> & { title: ReactNode }) {
  return (
    <label className="flex gap-3 rounded-2xl border border-line bg-raised p-4 hover:border-edge has-checked:border-accent has-checked:bg-wash has-focus-visible:outline-2 has-focus-visible:outline-offset-3 has-focus-visible:outline-accent">
      <input type="radio" className="mt-1 size-4.5 shrink-0 accent-accent outline-none" {...input} />
      <span>
        <span className="block font-medium">{title}</span>
        {children ? <span className="mt-0.5 block text-[0.9375rem] text-soft">{children}</span> : null}
      </span>
    </label>
  );
}

/** A choice of its own, on or off, as a card. */
export function CheckCard({ title, children, ...input }: Omit<ComponentProps<'input'>, 'type' | 'title'> & { title: ReactNode }) {
  return (
    <label className="flex gap-3 rounded-2xl border border-line bg-raised p-4 hover:border-edge has-checked:border-accent has-checked:bg-wash has-focus-visible:outline-2 has-focus-visible:outline-offset-3 has-focus-visible:outline-accent">
      <input type="checkbox" className="mt-1 size-4.5 shrink-0 accent-accent outline-none" {...input} />
      <span>
        <span className="block font-medium">{title}</span>
        {children ? <span className="mt-0.5 block text-[0.9375rem] text-soft">{children}</span> : null}
      </span>
    </label>
  );
}
