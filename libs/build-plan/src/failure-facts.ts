import type { Fix, Phase } from '@weir/domain';
import type { BuildPlan } from './plan.ts';

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
  readonly allowed?: Allowance;
  /** The Pythons that the app could be set to. */
  readonly pythons?: readonly string[];
  /** What the index has of the release that could not be built, where it was asked. */
  readonly wheels?: Wheels | undefined;
  /** What the build asked for outside and did not get, with the reason. */
  readonly denied?: readonly DeniedHost[];
  /** Where the app is told to listen. */
  readonly port?: number;
}

export interface Wheels {
  /** Those of the available Pythons that the release has a wheel for. */
  readonly pythons: readonly string[];
  /** The first later version that has one for the app's Python. */
  readonly newer: string | undefined;
}

export interface DeniedHost {
  readonly host: string;
  /** As the end of a sentence. */
  readonly why: string;
}

/** The limits that held, where they are known. */
export interface Allowance {
  readonly memoryMib?: number;
  readonly diskMib?: number;
  readonly seconds?: number;
}

/** What one diagnoser found. `line` is the index in the log that shows it. */
export interface Diagnosis {
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
  readonly line: number | null;
  readonly fix?: Fix | undefined;
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
export const isAppPhase = ({ phase }: Pick<FailureFacts, 'phase'>): boolean => phase === 'start' || phase === 'healthy' || phase === 'routed';

/** `512 MiB`, `4 GiB`. */
export const sizeOf = (mib: number): string => (mib >= 1024 && mib % 512 === 0 ? `${mib / 1024} GiB` : `${mib} MiB`);

/** `90 seconds`, `15 minutes`. */
export const timeOf = (seconds: number): string => (seconds > 120 && seconds % 60 === 0 ? `${seconds / 60} minutes` : `${seconds} seconds`);
