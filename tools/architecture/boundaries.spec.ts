import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { EDGES } from './edges.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const projects = globSync('{apps,libs,services,infra}/*/package.json', { cwd: root }).map((path) => ({
  folder: dirname(path),
  manifest: JSON.parse(readFileSync(join(root, path), 'utf8')) as { name: string; dependencies?: Record<string, string>; nx?: { tags?: string[] } },
}));
/** The patterns of imports that the lint rules refuse. */
const LINTED = [...readFileSync(join(root, '.oxlintrc.json'), 'utf8').matchAll(/"regex": "(.*)"/g)].map(([, regex]) => regex);
const nameOf = (name: string): string => name.replace('@weir/', '');

describe('the projects', () => {
  it.each(projects)('$manifest.name declares only the edges of the picture', ({ manifest }) => {
    const declared = Object.keys(manifest.dependencies ?? {}).filter((name) => name.startsWith('@weir/')).map(nameOf);
    expect(EDGES[nameOf(manifest.name)], 'the project is in the picture').toBeDefined();
    expect(EDGES[nameOf(manifest.name)]).toEqual(expect.arrayContaining(declared));
  });

  it.each(projects)('$manifest.name is kept by the lint rules to the edges of the picture', ({ manifest }) => {
    const name = nameOf(manifest.name);
    const refused = Object.keys(EDGES).filter((other) => other !== name && !EDGES[name]?.includes(other)).toSorted();
    expect(LINTED).toContain(`^@weir/(${refused.join('|')})(/|$)`);
  });

  it('have one version, the root’s', () => {
    expect(projects.filter(({ manifest }) => 'version' in manifest)).toEqual([]);
  });

  it.each(projects)('$manifest.name says its type', ({ manifest }) => {
    expect(manifest.nx?.tags?.some((tag) => tag.startsWith('type:'))).toBe(true);
  });
});

/** A line that each place must not hold. */
const BROKEN: readonly [folder: string, line: string][] = [
  ['libs/domain/src', "import 'node:fs';"],
  ['libs/domain/src', "import 'zod';"],
  ['libs/contracts/src', "import '@weir/api-client';"],
  ['apps/console/src', "import '@weir/database';"],
  ['apps/console/src', "import 'dockerode';"],
  ['services/gateway/src', "import '@weir/database';"],
  ['services/gateway/src', "import '@weir/container-runtime-docker';"],
  ['services/worker/src', "import '@weir/database';"],
  ['services/control-plane/src', "import 'dockerode';"],
  ['services/control-plane/src', "import '@weir/container-runtime';"],
  ['services/gateway/src', 'export const home = process.env["HOME"];'],
];

describe('the lint rules', () => {
  const probes: string[] = [];
  afterAll(() => probes.forEach((path) => rmSync(path, { force: true })));

  it.each(BROKEN)('refuse in %s: %s', (folder, line) => {
    expect(existsSync(join(root, folder))).toBe(true);
    const probe = join(root, folder, `boundary-probe-${probes.length}.ts`);
    probes.push(probe);
    mkdirSync(dirname(probe), { recursive: true });
    writeFileSync(probe, `${line}\n`);
    const { status, stdout } = spawnSync('oxlint', ['--config', join(root, '.oxlintrc.json'), probe], { cwd: root, encoding: 'utf8' });
    rmSync(probe);
    expect(`${status} ${stdout}`).toMatch(/^1 [^]*no-(restricted-imports|process-env)/);
  });
});
