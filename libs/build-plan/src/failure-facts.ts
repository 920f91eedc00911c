import type { Phase } from '@weir/domain';
import type { BuildPlan } from './plan.ts';
import { readRequirement, normalName } from './requirement-line.ts';
import { requirementLines } from './requirements.ts';

/** How a phase ended badly, as the worker saw it. */
export interface FailureFacts {
  readonly phase: Phase;
  /** `null` where the process did not exit by itself or was never started. */
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** The kernel killed it for its memory limit. */
  readonly oom: boolean;
  /** We ended it for its time limit; in `start` and `healthy`: it never answered as it should. */
  readonly timedOut: boolean;
  /** Output in order, raw: colours are stripped here. */
  readonly log: readonly string[];
  readonly plan: BuildPlan | null;
}

/** What one diagnoser found. `line` is the index in the log that shows it. */
export interface Diagnosis {
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
  readonly line: number | null;
}

/** Looks for one kind of failure; the log is plain text here. */
export type Diagnoser = (facts: FailureFacts) => Diagnosis | undefined;

/** The first line that matches, with the match. */
export function findLine(log: readonly string[], pattern: RegExp): { index: number; match: RegExpExecArray } | undefined {
  for (const [index, line] of log.entries()) {
    const match = pattern.exec(line);
    if (match) return { index, match };
  }
  return undefined;
}

/** The phases in which a process of the app itself runs. */
export const isAppPhase = ({ phase }: FailureFacts): boolean => phase === 'start' || phase === 'healthy' || phase === 'routed';

/** Where people wrote this requirement down: `requirements.txt line 3`, or the file alone. Of several lines of one package, the one that says the same. */
export function whereIs(plan: BuildPlan | null, requirement: string): string {
  const wanted = normalName(/^[\w.-]+?(?=[=<>!~,[;]|$)/.exec(requirement)?.[0] ?? requirement);
  const places = (plan?.environmentInputs ?? []).filter(([path]) => path.endsWith('.txt')).flatMap(([path, text]) =>
    requirementLines(text).flatMap(({ number, text: body }) => {
      const line = readRequirement(body);
      return (line.kind === 'package' || line.kind === 'link') && line.name !== null && normalName(line.name) === wanted ? [{ place: `${path} line ${number}`, text: body.replace(/\s/g, '') }] : [];
    }),
  );
  return (places.find(({ text }) => text === requirement) ?? places[0])?.place ?? fileOf(plan);
}

/** The dependency file's path, for sentences. */
export const fileOf = (plan: BuildPlan | null): string => (plan && plan.dependencies.kind !== 'none' ? plan.dependencies.path : 'the dependency file');
