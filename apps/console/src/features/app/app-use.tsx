import type { AppView } from '@weir/contracts';
import { openSessions } from '#features/instances/sessions.ts';
import { SLEEP_WORDS } from '#features/sleep/sleep-words.ts';
import { counted } from '#ui/count-words.ts';

/** Who uses an app now; of a sleeping one, how soon it is there again. */
export function AppUse({ app }: { readonly app: AppView }) {
  if (app.status === 'asleep' && app.sleeping !== 'awake') return <span className="text-muted">{SLEEP_WORDS[app.sleeping].short}</span>;
  const sessions = openSessions(app);
  if (sessions > 0) return counted(sessions, 'live session');
  return app.status === 'live' && <span className="text-muted">no sessions</span>;
}
