import { describe, expect, it } from 'vitest';
import { environmentKey } from './environment-key.ts';

const parts = { recipe: '1', base: 'sha256:a', workspace: 'wsp_a', inputs: [['requirements.txt', 'pandas\n']] as [string, string][], commit: null };

describe("an environment's key", () => {
  it('is the same for the same parts', () => {
    expect(environmentKey(parts)).toBe(environmentKey({ ...parts }));
  });

  it.each([{ recipe: '2' }, { base: 'sha256:b' }, { workspace: 'wsp_b' }, { commit: 'c' }, { inputs: [['requirements.txt', 'pandas']] as [string, string][] }, { inputs: [['requirements.txtp', 'andas\n']] as [string, string][] }])('changes with %j', (change) => {
    expect(environmentKey({ ...parts, ...change })).not.toBe(environmentKey(parts));
  });
});
