import type { RollbackView } from '@weir/contracts';
import { expect, it } from 'vitest';
import { rollbackWords } from './rollback-words.ts';

const release = (number: number) => ({ number, commit: String(number).repeat(40), commitMessage: `Change ${number}\n\nWhy.` });

it('tells each change in a line of its own, and of secrets the names', () => {
  const view = {
    from: release(4), to: release(2), undone: [{ number: 4, commit: '4'.repeat(40), message: 'Change 4\u001b[31m', author: 'Ada' }],
    packages: [{ name: 'pandas', from: '2.2.0', to: null }], settings: [{ name: 'memoryMib', from: '512', to: '256' }], secrets: [{ name: 'key', change: 'changed' }], supersedes: ['dep_1'],
  } as unknown as RollbackView;
  expect(rollbackWords(view).split('\n')).toEqual([
    'From release 4 to release 2 (222222222222 Change 2).',
    '  undone    release 4, 444444444444 Change 4',
    '  package   pandas 2.2.0 → none',
    '  setting   memory (MiB) 512 → 256',
    '  secret    key is changed',
    '  ends      deployment dep_1, which is on its way',
  ]);
  expect(rollbackWords({ ...view, packages: null })).toContain('not known');
  expect(rollbackWords({ ...view, rebuilds: true })).toContain('it is built again');
});
