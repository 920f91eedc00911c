import type { Phase } from './phases.ts';

/** A change of the app's settings that mends a failure, and can be made by a button. */
export type Fix =
  | { readonly setting: 'python'; readonly value: string }
  | { readonly setting: 'entryFile'; readonly value: string }
  | { readonly setting: 'memoryMib'; readonly value: number };

/** Why a deployment failed: a stable code, one sentence, what the log said, and what to do next. */
export interface Failure {
  /** One of the codes in `docs/errors/`, such as `build.package_not_found`. */
  readonly code: string;
  readonly phase: Phase;
  readonly message: string;
  readonly hint: string | null;
  /** The lines of the log that show it, at most 4,000 characters. */
  readonly excerpt: string | null;
  readonly fix?: Fix | undefined;
}

/** Something worth knowing about a deployment that did not stop it. */
export interface Warning {
  readonly code: string;
  readonly message: string;
  readonly excerpt: string | null;
  /** Where in the repository it is, if it is at one place. */
  readonly place?: { readonly path: string; readonly line: number } | undefined;
  /** What mends it, in one sentence. */
  readonly hint?: string | undefined;
}

/** Of the warnings about committed credentials, and of the failure that one causes. */
export const SECRET_COMMITTED = 'secret.committed';

/** What is acknowledged about a committed credential: that one of its kind lies in its file, at whatever line. */
export const credentialKey = ({ message, place }: Pick<Warning, 'message' | 'place'>): string => `${place?.path ?? ''}: ${message}`;
