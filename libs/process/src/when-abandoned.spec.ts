import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const MODULE = fileURLToPath(new URL('when-abandoned.ts', import.meta.url));
const PROGRAM = `import { whenAbandoned } from '${MODULE}'; whenAbandoned(() => process.exit(3)); setTimeout(() => process.exit(0), 300);`;

async function exitCodeWith(stdin: 'pipe' | 'ignore'): Promise<unknown> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', PROGRAM], { stdio: [stdin, 'ignore', 'ignore'] });
  child.stdin?.end();
  return (await once(child, 'exit'))[0];
}

describe('a process', () => {
  it('is told when the other end of its stdin is gone', async () => {
    expect(await exitCodeWith('pipe')).toBe(3);
  });

  it('lives on without a stdin, as in a container', async () => {
    expect(await exitCodeWith('ignore')).toBe(0);
  });
});
