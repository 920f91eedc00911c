import { RouteSnapshot } from '@weir/contracts';
import type { z } from 'zod';

/** Of a file whose every route has the same fault, a few tell as much as all. */
const MOST_TOLD = 20;

/** A text that is no snapshot. Somebody may have written it by hand, so all that is wrong with it is said at once. */
export class SnapshotFaults extends Error {
  override readonly name = 'SnapshotFaults';

  /** @param faults each with its place in the file, such as `routes[0].hostname: A host is …` */
  constructor(readonly faults: readonly string[]) {
    super(faults.join(' '));
  }
}

/** @throws SnapshotFaults */
export function readSnapshot(text: string): RouteSnapshot {
  const read = RouteSnapshot.safeParse(valueOf(text), { error: sentenceOf });
  const faults = read.success ? hostsTwice(read.data) : read.error.issues.map(({ path, message }) => at(path, message));
  if (read.success && faults.length === 0) return read.data;
  throw new SnapshotFaults(faults.length > MOST_TOLD ? [...faults.slice(0, MOST_TOLD), `And ${faults.length - MOST_TOLD} more.`] : faults);
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SnapshotFaults([`This is not JSON: ${error instanceof Error ? error.message : String(error)}.`]);
  }
}

/** The control plane never writes this, and only one of them would be served. */
function hostsTwice({ routes }: RouteSnapshot): string[] {
  const seen = new Set<string>();
  return routes.flatMap(({ hostname }, i) => (seen.size === seen.add(hostname).size ? [at(['routes', i, 'hostname'], 'A route before it has the same host.')] : []));
}

/** For what the contract has no words of its own. */
function sentenceOf(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.input === undefined) return 'This is missing.';
  if (issue.code === 'invalid_type') return `This is to be of the type ${issue.expected}.`;
  if (issue.code === 'invalid_value') return `This is to be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}.`;
  return undefined;
}

/** As one would write it in JavaScript; no place where the file as a whole is meant. */
function at(path: readonly PropertyKey[], message: string): string {
  const place = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('').replace(/^\./, '');
  return place === '' ? message : `${place}: ${message}`;
}
