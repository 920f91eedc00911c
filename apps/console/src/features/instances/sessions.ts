import type { AppView } from '@weir/contracts';
import { counted } from '#ui/count-words.ts';

/** How many sessions are open, in all of an app's instances. */
export const openSessions = ({ instances }: Pick<AppView, 'instances'>): number => instances.reduce((sum, { sockets }) => sum + sockets, 0);

/** "12 live". A tab that stays open while its app sleeps is no live session. */
export function sessionWords(app: Pick<AppView, 'instances' | 'status'>): string {
  const open = openSessions(app);
  if (app.status !== 'asleep') return `${open} live`;
  return open === 0 ? 'None' : `None live, ${counted(open, 'tab')} open`;
}
