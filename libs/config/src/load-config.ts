import type { z } from 'zod';
import { ConfigProblems } from './config-problems.ts';
import { type Env, type Frozen, parseConfig } from './parse-config.ts';

/** A process's configuration, or the end of the process: all problems go to stderr and it exits 1. */
export function loadConfig<S extends z.ZodObject>(schema: S, env: Env = process.env): Frozen<S> {
  try {
    return parseConfig(schema, env);
  } catch (error) {
    if (!(error instanceof ConfigProblems)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
