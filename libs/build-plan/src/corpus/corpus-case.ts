import type { BuildRules } from '../plan-build.ts';

/** A small repository, and what its plan must be. */
export interface CorpusCase {
  /** Continues “a repository with …”. */
  readonly title: string;
  readonly files: Readonly<Record<string, string | Buffer>>;
  readonly entryFile?: string;
  /** What the app's settings say. */
  readonly python?: string;
  /** What the operator decides. */
  readonly allows?: BuildRules;
  readonly expect: ExpectedPlan | ExpectedRefusal;
}

export interface ExpectedPlan {
  /** The file that dependencies come from; `null` for none. */
  readonly from: string | null;
  readonly python?: string;
  readonly entryFile?: string;
  /** The lines that the installer is given, included files first, without blank ones. */
  readonly lines?: readonly string[];
  /** What versions are held to. */
  readonly held?: readonly string[];
  readonly added?: readonly string[];
  readonly packages?: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
  /** Parts of the commands, in this order. */
  readonly commands?: readonly string[];
  /** Parts of the notes. */
  readonly says?: readonly string[];
  readonly notSays?: readonly string[];
}

export interface ExpectedRefusal {
  readonly code: string;
  /** Parts of the message and of what shows it. */
  readonly says: readonly string[];
}

export const APP = 'import streamlit as st\n\nst.title("Hello")\n';
/** For cases about something else. */
export const app = <Content extends string | Buffer = string>(files: Readonly<Record<string, Content>>): Record<string, string | Content> => ({ 'app.py': APP, ...files });
