import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const here = new URL('.', import.meta.url);
const titles = readdirSync(here).filter((name) => name.endsWith('.int.spec.ts')).flatMap((name) => [...readFileSync(new URL(name, here), 'utf8').matchAll(/\('(S\d+): ([^'\n]+)'/g)].map(([, row = '', title = '']) => ({ name, row, title })));
const page = readFileSync(new URL('../../../../docs/sandbox.md', import.meta.url), 'utf8');

it.each(Array.from({ length: 20 }, (_, i) => `S${i + 1}`))('%s has an attack, and docs/sandbox.md names it', (row) => {
  const attacks = titles.filter((one) => one.row === row);
  expect(attacks).not.toEqual([]);
  const described = page.split('\n').find((line) => line.startsWith(`| ${row} |`)) ?? '';
  for (const { name } of attacks) expect(described).toContain(name);
});
