import { putToSleep } from '#features/app/app-operations.actions.ts';
import { ActionButton } from '#ui/action-button.tsx';
import { SLEEP_WORDS } from './sleep-words.ts';

const DEPTHS = ['frozen', 'stopped'] as const;

/** The two ways to sleep until the next visit, and what each costs. */
export function SleepPanel({ app }: { readonly app: string }) {
  return (
    <ul aria-label="Put to sleep until the next visit" className="flex flex-col gap-3">
      {DEPTHS.map((depth) => (
        <li key={depth} className="flex flex-col items-start gap-1.5">
          <ActionButton action={() => putToSleep(app, depth)} pending="Going to sleep…">
            {SLEEP_WORDS[depth].verb}
          </ActionButton>
          <p className="text-sm text-muted">{SLEEP_WORDS[depth].next}</p>
        </li>
      ))}
    </ul>
  );
}
