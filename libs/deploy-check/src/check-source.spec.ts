import { describe, expect, it } from 'vitest';
import { ZodError } from 'zod';
import { type CheckedSource, judge, readSource } from './check-source.ts';
import { InMemoryPython } from './in-memory-python.ts';

const NOTHING = { findings: [], imports: [], skipped: [], broken: null };
const MIB = 2 ** 20;

function source(contents: ReadonlyMap<string, Buffer>): CheckedSource {
  const files = new Map([...contents].map(([path, { length: size }]) => [path, { size }]));
  return { tree: { files }, contents, entryFile: 'app.py', framework: 'streamlit', dependencies: { kind: 'none' } };
}
const sent = (python: InMemoryPython): string[] => python.given[0]!.split('\n').filter((line) => line.startsWith('{"path"')).map((line) => JSON.parse(line).path);

describe('what the check is given', () => {
  it('is scripts and texts, and what a link leads to once', async () => {
    const app = Buffer.from('import streamlit');
    const python = new InMemoryPython(NOTHING);
    await readSource(source(new Map([['data.csv', Buffer.from('a,b')], ['.env', Buffer.from('A=1')], ['app.py', app], ['link.py', app], ['venv/lib/x.py', Buffer.from('x')]])), python);
    expect(sent(python)).toEqual(['app.py', '.env']);
  });

  it('is bounded: scripts go first, and what is left out is said', async () => {
    const python = new InMemoryPython(NOTHING);
    const large = (path: string): [string, Buffer] => [path, Buffer.alloc(MIB, path)];
    const texts = Array.from({ length: 300 }, (_, at): [string, Buffer] => [`text${at}.json`, Buffer.alloc(65_536, String(at))]);
    const { skipped } = await readSource(source(new Map([...texts, ...Array.from({ length: 4 }, (_, at) => large(`m${at}.py`))])), python);
    expect(sent(python).slice(0, 4)).toEqual(['m0.py', 'm1.py', 'm2.py', 'm3.py']);
    expect(sent(python).length + skipped.length).toBe(304);
    expect(skipped.length).toBeGreaterThan(0);
  });
});

describe('what the check answers', () => {
  it.each([
    ['an unknown rule', { ...NOTHING, findings: [{ rule: 'no_such', path: 'app.py', line: 1, subject: '' }] }],
    ['a line before the first', { ...NOTHING, findings: [{ rule: 'no_timeout', path: 'app.py', line: 0, subject: '' }] }],
    ['too much', { ...NOTHING, findings: Array.from({ length: 501 }, () => ({ rule: 'no_timeout', path: 'app.py', line: 1, subject: '' })) }],
    ['something else', []],
  ])('is refused where it is %s', async (_, answer) => {
    await expect(readSource(source(new Map()), new InMemoryPython(answer))).rejects.toThrow(ZodError);
  });

  it('has the worst first, and then the order of files and lines', async () => {
    const at = (rule: string, path: string, line: number) => ({ rule, path, line, subject: 'x' });
    const given = source(new Map());
    const report = await readSource(given, new InMemoryPython({ ...NOTHING, findings: [at('no_timeout', 'b.py', 1), at('no_timeout', 'a.py', 9), at('no_timeout', 'a.py', 2), at('committed_credential', 'z.py', 5)] }));
    expect(judge(report, given, null).map(({ path, line }) => `${path}:${line}`)).toEqual(['z.py:5', 'a.py:2', 'a.py:9', 'b.py:1']);
  });
});
