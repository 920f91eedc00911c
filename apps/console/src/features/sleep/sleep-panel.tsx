import type { AppView } from '@weir/contracts';
import { putToSleep } from '#features/app/app-operations.actions.ts';
import { ActionButton } from '#ui/action-button.tsx';
import { type Depth, SLEEP_WORDS } from './sleep-words.ts';

/** The depths that an app is not at yet; none for one that has given its memory back. */
const DEPTHS: Record<AppView['sleeping'], readonly Depth[]> = { awake: ['frozen', 'stopped'], frozen: ['stopped'], stopped: [] };

/** Whether an app can sleep, or sleep deeper. */
export const canSleep = ({ status, sleeping }: AppView): boolean => (status === 'live' || status === 'asleep') && DEPTHS[sleeping].length > 0;

/** The ways to sleep until the next visit, and what each costs. */
export function SleepPanel({ app }: { readonly app: AppView }) {
  return (
    <ul aria-label="Put to sleep until the next visit" className="flex flex-col gap-3">
      {DEPTHS[app.sleeping].map((depth) => (
        <li key={depth} className="flex flex-col items-start gap-1.5">
          <ActionButton action={() => putToSleep(app.hostname, depth)} pending="Going to sleep…">
            {SLEEP_WORDS[depth].verb}
          </ActionButton>
          <p className="text-sm text-muted">{SLEEP_WORDS[depth].next}</p>
        </li>
      ))}
    </ul>
  );
}
