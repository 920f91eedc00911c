import { expect, it } from 'vitest';
import { withIncluded } from './with-included.ts';

const repository = (texts: Record<string, string>, read: string[]) => ({
  tree: { files: new Map(Object.entries(texts).map(([path, text]) => [path, { size: text.length, ...(read.includes(path) && { text }) }])) },
  load: async (path: string) => Buffer.from(texts[path] ?? ''),
});

it('loads what requirements files include under other names, and what that includes', async () => {
  const { tree, load } = repository({ 'requirements.txt': '-r deps/base.list\n', 'deps/base.list': '-r more.txt\n', 'deps/more.txt': '-c limits\n', 'deps/limits': 'pandas<3\n', 'other.list': 'x\n' }, ['requirements.txt']);
  const { files } = await withIncluded(tree, load);
  expect([...files].filter(([, { text }]) => text !== undefined).map(([path]) => path)).toEqual(['requirements.txt', 'deps/base.list', 'deps/more.txt', 'deps/limits']);
});

it('ends for files that include each other, are no text, or are far too large', async () => {
  const { tree, load } = repository({ 'a.txt': '-r b.bin\n-r c.list\n-r d.list\n', 'b.bin': '\0', 'c.list': '-r a.txt\n', 'd.list': 'x'.repeat(2_000_000) }, ['a.txt']);
  const { files } = await withIncluded(tree, load);
  expect([...files].filter(([, { text }]) => text !== undefined).map(([path]) => path)).toEqual(['a.txt', 'c.list']);
});
