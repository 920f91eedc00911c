import type { AppView } from '@weir/contracts';
import { counted } from '#ui/count-words.ts';
import { memoryWords } from '#ui/memory-words.ts';
import { span } from '#ui/time-words.ts';

type Scaled = Pick<AppView, 'replicas' | 'drainSeconds' | 'limits' | 'desired' | 'sleeping'>;

/** What follows when an app is scaled to `replicas`: what starts, what ends and how, and what they may use. */
export function scaleWords(app: Scaled, replicas: number): string {
  const memory = `Together they may use ${memoryWords(replicas * app.limits.memoryMib)} of memory.`;
  const more = replicas - app.replicas;
  if (more === 0) return replicas === 1 ? 'One instance serves every session.' : `Each browser stays with one of them. ${memory}`;
  if (app.desired === 'stopped' || app.sleeping !== 'awake') return `Nothing changes now: ${counted(replicas, 'instance')} will run when the app runs again.`;
  if (more > 0) return `Starts ${more} more. New browsers go where the fewest sessions are, and stay there. ${memory}`;
  return `${counted(-more, 'instance')} will get no new browsers, and ${drainWords(app.drainSeconds, more === -1)}.`;
}

function drainWords(drainSeconds: number, one: boolean): string {
  const [end, whose] = one ? ['ends', 'its'] : ['end', 'their'];
  return drainSeconds === 0 ? `${end} at once` : `${end} with ${whose} last session, or after ${span(drainSeconds)}`;
}
