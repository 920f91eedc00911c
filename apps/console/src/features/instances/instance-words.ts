import type { AppView, InstanceView } from '@weir/contracts';
import { type InstanceState, instanceState } from './instance-state.ts';

const isKept = ({ desired }: InstanceView): boolean => desired === 'running' || desired === 'frozen';

/** Whether one line cannot tell how an app's instances are. */
export const wantsTable = ({ instances, replicas }: AppView): boolean => instances.length > 1 || (replicas > 1 && instances.length > 0);

/** The current release's instances first, those that leave last; within both by slot, so that one that is replaced keeps its place. */
export function inOrder({ instances, release }: AppView): InstanceView[] {
  const rank = (instance: InstanceView): number => (isKept(instance) ? 0 : 2) + (instance.release === release?.id ? 0 : 1);
  return instances.toSorted((a, b) => rank(a) - rank(b) || a.slot - b.slot);
}

/** How an app's instances are, in one phrase: "1, healthy", "2 of 3 healthy, 1 draining". */
export function instanceWords(app: AppView): string {
  const draining = app.instances.filter(({ desired }) => desired === 'draining').length;
  return draining === 0 ? keptWords(app) : `${keptWords(app)}, ${draining} draining`;
}

function keptWords(app: AppView): string {
  const { replicas, release } = app;
  const states = app.instances.filter((instance) => isKept(instance) && instance.release === release?.id).map(instanceState);
  const [first] = states;
  if (first === undefined) return noneWords(app);
  if (states.length !== replicas || states.some((state) => state !== first)) return countWords(states, app);
  return replicas === 1 ? `1, ${first}` : `${replicas}, all ${first}`;
}

function countWords(states: readonly InstanceState[], { replicas, status }: AppView): string {
  const wanted = status === 'asleep' ? 'frozen' : 'healthy';
  // There are more than are wanted while one replaces another, or when a sleeping app was scaled down.
  return `${states.filter((state) => state === wanted).length} of ${Math.max(replicas, states.length)} ${wanted}`;
}

function noneWords({ replicas, desired, status }: AppView): string {
  if (desired === 'stopped') return `None; ${replicas} when it is started`;
  return status === 'asleep' ? `None; ${replicas} when it wakes` : 'None yet';
}
