import { expect, it } from 'vitest';
import { installerIndex } from './installer-index.ts';

const URL = 'https://bot:"x@packages.example.org/simple';

it('an index is a setting of uv that a repository without any cannot lose', () => {
  const { env, files } = installerIndex({ configuresUv: false }, URL, '/tmp/plan');
  expect(env).toEqual({ XDG_CONFIG_HOME: '/tmp/plan/settings' });
  expect(files).toEqual([['settings/uv/uv.toml', '[[index]]\nurl = "https://bot:\\"x@packages.example.org/simple"\ndefault = true\ncache-control = { files = "max-age=365000000, immutable" }\n']]);
});

it('an index is a variable where a repository has settings, which would win over a user’s', () => expect(installerIndex({ configuresUv: true }, URL, '/tmp/plan')).toEqual({ env: { UV_DEFAULT_INDEX: URL }, files: [] }));
