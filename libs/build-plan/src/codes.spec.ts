import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const sources = readdirSync(new URL('.', import.meta.url)).filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'));
const text = sources.map((name) => readFileSync(new URL(name, import.meta.url), 'utf8')).join('\n');
const codes = [...new Set([...text.matchAll(/'((?:plan|entry|build|source|app)\.[a-z_]+)'/g)].map(([, code = '']) => code))].filter((code) => !code.endsWith('.py'));

describe('a code that planning or explaining emits', () => {
  it.each(codes.sort())('%s has a page that says how to mend it', (code) => {
    expect(existsSync(new URL(`../../../docs/errors/${code}.md`, import.meta.url))).toBe(true);
  });
});
