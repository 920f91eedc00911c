import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { type ConfigProblem, ConfigProblems } from './config-problems.ts';

export type Env = Readonly<Record<string, string | undefined>>;
export type Frozen<S extends z.ZodObject> = Readonly<z.output<S>>;

/**
 * Reads the schema's keys from an environment.
 *
 * `KEY_FILE` names a file that holds the value of `KEY`, without its last line
 * break. An empty value counts as not given, as compose files write it.
 *
 * @throws ConfigProblems with every problem found
 */
export function parseConfig<S extends z.ZodObject>(schema: S, env: Env): Frozen<S> {
  const problems: ConfigProblem[] = [];
  const given: Record<string, string> = {};
  for (const key of Object.keys(schema.shape)) {
    const value = readKey(key, env, key.endsWith('_FILE') ? undefined : env[`${key}_FILE`], problems);
    if (value !== undefined) given[key] = value;
  }
  const unread = new Set(problems.map(({ key }) => key));
  const parsed = schema.safeParse(given);
  for (const issue of parsed.error?.issues ?? []) {
    const key = String(issue.path[0] ?? '');
    if (!unread.has(key)) problems.push({ key: issue.path.join('.'), message: key in schema.shape && given[key] === undefined ? missing(schema, key) : issue.message });
  }
  if (!parsed.success || problems.length > 0) throw new ConfigProblems(problems);
  return Object.freeze(parsed.data);
}

function readKey(key: string, env: Env, file: string | undefined, problems: ConfigProblem[]): string | undefined {
  const value = env[key] === '' ? undefined : env[key];
  if (!file) return value;
  if (value !== undefined) {
    problems.push({ key, message: `give either ${key} or ${key}_FILE, not both` });
    return undefined;
  }
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    problems.push({ key, message: `the file that ${key}_FILE names cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})` });
    return undefined;
  }
}

function missing(schema: z.ZodObject, key: string): string {
  const description = schema.shape[key]?.description;
  return description ? `must be set: ${description}` : 'must be set';
}
