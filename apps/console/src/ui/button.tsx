import clsx from 'clsx';
import Link from 'next/link';
import type { ComponentProps } from 'react';

const LOOKS = {
  primary: 'bg-accent text-accent-ink hover:bg-accent-hover border-transparent shadow-raised',
  plain: 'bg-surface text-ink hover:bg-hover border-line-strong shadow-raised',
  quiet: 'bg-transparent text-muted hover:bg-hover hover:text-ink border-transparent',
  danger: 'bg-failed-solid text-accent-ink hover:brightness-110 border-transparent shadow-raised',
  warning: 'bg-surface text-failed hover:bg-failed-tint border-failed-line',
} as const;

export type ButtonLook = keyof typeof LOOKS;

/** The classes of a button, for what only looks like one (a link). */
export const buttonClass = (look: ButtonLook = 'plain', extra?: string): string =>
  clsx(
    'inline-flex min-h-8 max-w-full shrink-0 items-center justify-center gap-2 rounded-md border px-3 py-1 text-balance font-medium transition-colors select-none',
    'disabled:opacity-55 aria-disabled:opacity-55',
    LOOKS[look],
    extra,
  );

type ButtonProps = ComponentProps<'button'> & { readonly look?: ButtonLook };

export function Button({ look = 'plain', className, type = 'button', ...rest }: ButtonProps) {
  return <button type={type} className={buttonClass(look, className)} {...rest} />;
}

type ButtonLinkProps = ComponentProps<typeof Link> & { readonly look?: ButtonLook };

export function ButtonLink({ look = 'plain', className, ...rest }: ButtonLinkProps) {
  return <Link className={buttonClass(look, className)} {...rest} />;
}
