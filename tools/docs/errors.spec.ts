import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const NOT_SHIPPED = /\.spec\.tsx?$|\/(node_modules|dist|generated|testing|test|fixtures)\/|-fixture\.ts$|in-memory-/;
const sources = globSync('{libs/*,services/*,apps/cli}/src/**/*.ts', { cwd: root })
  .filter((path) => !NOT_SHIPPED.test(path))
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));

const CODE = String.raw`'([a-z_]+\.[a-z_]+|internal)'`;
/** The places where a code is written. */
const WRITTEN = [
  String.raw`new (?:Invalid|Conflict|Unavailable|LimitReached|Refusal|PlanFailure)\(\s*(?:[\w.]+ === '\w+' \? )?${CODE}`,
  String.raw`\bfailed\('\w+', ${CODE}`,
  String.raw`\bcode(?:: string)?\s*[:=]\s*${CODE}`,
  String.raw`\bproblem\(\d+, ${CODE}`,
].map((pattern) => new RegExp(pattern, 'g'));
/** Diagnoses are tables, so that there any literal of these families is a code. */
const DIAGNOSIS = /'((?:plan|entry|build|source|app)\.[a-z_]+)'/g;
const NOUN = /(?:new NotFound|missing)\(\s*'([a-z_]+)'/g;
/** Codes that are put together from a list. */
const COMPOSED = ['malformed', 'scheme', 'credentials'].map((problem) => `source.url_${problem}`);

const found = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, code = '']) => code);
const codes = new Set([
  ...COMPOSED,
  ...sources.flatMap(({ text }) => WRITTEN.flatMap((pattern) => found(text, pattern))),
  ...sources.flatMap(({ text }) => found(text, NOUN).map((noun) => `${noun}.not_found`)),
  ...sources.filter(({ path }) => path.startsWith('libs/build-plan/')).flatMap(({ text }) => found(text, DIAGNOSIS).filter((code) => !code.endsWith('.py'))),
]);
const pages = readdirSync(join(root, 'docs/errors')).map((name) => name.replace(/\.md$/, ''));

describe('docs/errors', () => {
  it('has a page for each code that the platform gives, and no other', () => {
    expect(pages.toSorted()).toEqual([...codes].toSorted());
  });

  it.each(pages)('%s is titled by its code and says what it means', (code) => {
    const [title, ...text] = readFileSync(join(root, 'docs/errors', `${code}.md`), 'utf8').split('\n');
    expect(title).toBe(`# ${code}`);
    expect(text.join(' ').trim().length).toBeGreaterThan(40);
  });
});
