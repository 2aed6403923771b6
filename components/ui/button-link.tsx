import Link from 'next/link';
import type { ComponentProps } from 'react';
import { buttonClass, type ButtonLook } from './button.tsx';

/** A link that looks like a button. In a file of its own, so that pages without it do not load the router's link. */
export function ButtonLink({ variant, size, className, ...rest }: ComponentProps<typeof Link> & ButtonLook) {
  return <Link className={buttonClass(variant, size, className)} {...rest} />;
}
