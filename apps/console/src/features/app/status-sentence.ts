import type { AppView } from '@weir/contracts';
import { SLEEP_WORDS } from '#features/sleep/sleep-words.ts';

const SENTENCES: Record<Exclude<AppView['status'], 'asleep'>, string> = {
  new: 'Nothing was deployed yet.',
  deploying: 'The first deployment is on its way.',
  starting: 'The release is starting; it takes visitors when it is healthy.',
  live: 'Whoever opens the address sees the current release.',
  stopped: 'Visitors see a page that says so, until it is started again.',
  crashed: 'The app ended by itself.',
  failed: 'The deployment failed and there is no earlier release: visitors see a page that says so.',
  cancelled: 'The newest deployment was cancelled and there is no earlier release.',
};

/** Why an app is as it is, or what that means for its visitors. */
export function statusSentence(app: AppView): string {
  const { status } = app;
  if (status === 'asleep') return SLEEP_WORDS[app.sleeping === 'stopped' ? 'stopped' : 'frozen'].sentence;
  if (status === 'failed') return SENTENCES.failed; // the reason stands above, with what mends it
  return app.statusReason ?? SENTENCES[status];
}
