import type { ComponentProps } from 'react';

export type ButtonVariant = 'primary' | 'quiet' | 'bare' | 'danger';
export type ButtonSize = 'm' | 'l';

const VARIANTS: Record<ButtonVariant, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-deep',
  quiet: 'border border-edge bg-raised text-ink hover:border-ink',
  bare: 'text-soft hover:bg-sunken hover:text-ink',
  danger: 'border border-danger text-danger hover:bg-danger-wash',
};
const SIZES: Record<ButtonSize, string> = { m: 'h-11 px-4 text-[0.9375rem]', l: 'h-14 px-7 text-lg' };

/** The classes of every button-like thing; 44 px high at least, so that a thumb finds it. */
export function buttonClass(variant: ButtonVariant = 'primary', size: ButtonSize = 'm', extra = ''): string {
  return `inline-flex shrink-0 items-center justify-center gap-2 rounded-full font-medium whitespace-nowrap select-none transition-colors duration-150 disabled:opacity-55 disabled:pointer-events-none ${VARIANTS[variant]} ${SIZES[size]} ${extra}`;
}

export interface ButtonLook {
  variant?: ButtonVariant;
  size?: ButtonSize;
}

export function Button({ variant, size, className, type = 'button', ...rest }: ComponentProps<'button'> & ButtonLook) {
  return <button type={type} className={buttonClass(variant, size, className)} {...rest} />;
}
