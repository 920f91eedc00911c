import clsx from 'clsx';
import type { LucideIcon } from 'lucide-react';
import { TONE_BOX, TONE_TEXT, type Tone } from './tone.ts';

interface StatusMarkProps {
  readonly tone: Tone;
  readonly icon: LucideIcon;
  readonly word: string;
  /** A boxed mark stands beside a title; a bare one in a row of a list. */
  readonly boxed?: boolean;
}

/** A state: a word, a colour and a sign, never colour alone. */
export function StatusMark({ tone, icon: Icon, word, boxed = false }: StatusMarkProps) {
  const look = boxed ? clsx('rounded-full border px-2 py-0.5 text-sm', TONE_BOX[tone]) : TONE_TEXT[tone];
  return (
    <span className={clsx('inline-flex items-center gap-1.5 font-medium whitespace-nowrap', look)}>
      <Icon size={14} strokeWidth={2.25} aria-hidden className={tone === 'working' ? 'breathing' : undefined} />
      {word}
    </span>
  );
}
