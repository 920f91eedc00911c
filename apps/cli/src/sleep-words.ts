import type { AppView } from '@weir/contracts';

/** `frozen after 12 h, stopped after 24 h without a visitor` */
export function sleepWords({ freezeAfterMinutes, stopAfterMinutes }: AppView['sleep']): string {
  const parts = [...(freezeAfterMinutes === null ? [] : [`frozen after ${time(freezeAfterMinutes)}`]), ...(stopAfterMinutes === null ? [] : [`stopped after ${time(stopAfterMinutes)}`])];
  return parts.length === 0 ? 'never sleeps' : `${parts.join(', ')} without a visitor`;
}

const time = (minutes: number): string => (minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`);
