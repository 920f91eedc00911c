import clsx from 'clsx';
import { CircleAlert, CircleCheck, Info, type LucideIcon, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { TONE_BOX, type Tone } from './tone.ts';

const ICONS: Record<Tone, LucideIcon> = { ready: CircleCheck, working: Info, attention: TriangleAlert, failed: CircleAlert, idle: Info };

interface CalloutProps {
  readonly tone: Tone;
  readonly title?: ReactNode;
  readonly children?: ReactNode;
  readonly role?: 'alert' | 'status';
  readonly className?: string;
}

/** Show, explain, offer: a sentence in a box of its status hue, and what mends it. */
export function Callout({ tone, title, children, role, className }: CalloutProps) {
  const Icon = ICONS[tone];
  return (
    <div role={role} className={clsx('flex gap-3 rounded-lg border p-4', TONE_BOX[tone], className)}>
      <Icon size={17} aria-hidden className="mt-0.5 shrink-0" />
      <div className="min-w-0 grow">
        {title !== undefined && <p className="font-semibold break-words">{title}</p>}
        {children !== undefined && <div className="break-words text-ink">{children}</div>}
      </div>
    </div>
  );
}
