import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { imageAsset } from './image-assets.ts';

const hasPython = spawnSync('python3', ['--version']).status === 0;

/** What is asked for where a release has these packages. */
function asked(packages: readonly string[], release: readonly string[]): unknown {
  const script = `${imageAsset('apt_names.py').toString('utf8')}\nimport json, sys\npackages, release = json.loads(sys.argv[1])\nprint(json.dumps(present_names(packages, lambda names: {name for name in names if name in release})))`;
  const { status, stdout, stderr } = spawnSync('python3', ['-I', '-c', script, JSON.stringify([packages, release])], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

describe.skipIf(!hasPython)('names of Debian packages (needs python3)', () => {
  it('are those of the present release where it has another name', () => {
    expect(asked(['ffmpeg', 'libgl1-mesa-glx', 'libasound2'], ['ffmpeg', 'libgl1', 'libasound2t64'])).toEqual([['ffmpeg', 'libgl1', 'libasound2t64'], [['libasound2', 'libasound2t64'], ['libgl1-mesa-glx', 'libgl1']]]);
  });

  it('are the first of several that it has', () => {
    expect(asked(['libssl1.1'], ['libssl3', 'libssl3t64'])).toEqual([['libssl3'], [['libssl1.1', 'libssl3']]]);
    expect(asked(['libssl1.1'], ['libssl3t64'])).toEqual([['libssl3t64'], [['libssl1.1', 'libssl3t64']]]);
  });

  it('stand as they are where the release has them, and where it has nothing instead', () => {
    expect(asked(['libgl1-mesa-glx', 'nope'], ['libgl1-mesa-glx', 'libgl1'])).toEqual([['libgl1-mesa-glx', 'nope'], []]);
    expect(asked(['libgl1-mesa-glx'], [])).toEqual([['libgl1-mesa-glx'], []]);
  });
});
