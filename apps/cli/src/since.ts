import { Refusal } from '@weir/installation/refusal';

const UNIT_MS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** A time as people give it: `10m`, `2h`, or RFC 3339. Answers in UTC. */
export function since(text: string, nowMs: number): string {
  const relative = /^(\d{1,6})([smhd])$/.exec(text);
  const ms = relative ? nowMs - Number(relative[1]) * UNIT_MS[relative[2] as keyof typeof UNIT_MS] : /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms)) throw new Refusal('logs.bad_time', '--since takes a time such as 10m, 2h or 2026-01-31T12:00:00Z.');
  return new Date(ms).toISOString();
}
