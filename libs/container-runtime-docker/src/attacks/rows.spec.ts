import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const here = new URL('.', import.meta.url);
const files = readdirSync(here).filter((name) => name.endsWith('.int.spec.ts')).map((name) => ({ name, text: readFileSync(new URL(name, here), 'utf8') }));
const titles = files.flatMap(({ name, text }) => [...text.matchAll(/\('(S\d+): ([^'\n]+)'/g)].map(([, row = '', title = '']) => ({ name, row, title })));
const page = readFileSync(new URL('../../../../docs/sandbox.md', import.meta.url), 'utf8');

it.each(Array.from({ length: 20 }, (_, i) => `S${i + 1}`))('%s has an attack, and docs/sandbox.md names it', (row) => {
  const attacks = titles.filter((one) => one.row === row);
  expect(attacks).not.toEqual([]);
  const described = page.split('\n').find((line) => line.startsWith(`| ${row} |`)) ?? '';
  for (const { name } of attacks) expect(described).toContain(name);
});

describe.each(files)('$name', ({ text }) => {
  it('sees to it that its attacks harmed nobody, before and after anything else', () => {
    expect(/^harmsNobody\(\);\n(?<rest>[^]*)/m.exec(text)?.groups?.['rest']).toMatch(/^describe/m);
  });
});
