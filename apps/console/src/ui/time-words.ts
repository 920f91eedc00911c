const STEPS = [
  { unit: 'min', ms: 60_000, below: 60 },
  { unit: 'h', ms: 3_600_000, below: 24 },
  { unit: 'd', ms: 86_400_000, below: 30 },
] as const;

const DATE = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const EXACT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'long', timeZone: 'UTC' });

/** How long ago, in words: "just now", "3 min ago", "5 h ago", "12 d ago", then the date. A clock a little ahead is "just now". */
export function ago(time: string, nowMs: number): string {
  const at = Date.parse(time);
  const passedMs = nowMs - at;
  if (passedMs < 60_000) return 'just now';
  for (const { unit, ms, below } of STEPS) {
    const count = Math.floor(passedMs / ms);
    if (count < below) return `${count} ${unit} ago`;
  }
  return DATE.format(at);
}

/** The exact time, for a hover. */
export const exactTime = (time: string): string => EXACT.format(Date.parse(time));

/** A duration with its unit: "240 ms", "3.4 s", "12 s", "2 min 5 s", "1 h 3 min". */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.floor(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

const SPAN_UNITS = [
  { unit: 'd', seconds: 86_400 },
  { unit: 'h', seconds: 3600 },
  { unit: 'min', seconds: 60 },
  { unit: 's', seconds: 1 },
] as const;
const LONGEST_IN_HOURS_S = 86_400;

/** A span that a person chose, exactly: "90 s" is "1 min 30 s"; one day is "24 h", more are days. */
export function span(seconds: number): string {
  const units = seconds > LONGEST_IN_HOURS_S ? SPAN_UNITS : SPAN_UNITS.slice(1);
  let rest = seconds;
  const parts = units.map(({ unit, seconds: size }) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return { count, unit };
  });
  return parts.filter(({ count }) => count > 0).map(({ count, unit }) => `${count} ${unit}`).join(' ') || '0 s';
}
