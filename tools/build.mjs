// Builds what changed: asks Nx only when a source file differs from the last good build, because Nx
// alone takes a second to find that out and every command that finds something touched passes here.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const state = join(root, 'tools/build.state');
const SOURCES = ['apps', 'libs', 'services', 'infra', 'prisma', 'package.json', 'pnpm-lock.yaml', 'tsconfig.base.json', 'nx.json'];
const SKIPPED = new Set(['node_modules', 'dist', '.next', 'generated', '.nx', 'test', 'next-env.d.ts']);
/** Tests, and what tools leave beside the sources. */
const NOT_BUILT = /\.(?:int\.|contract\.)?spec\.tsx?$|\.tsbuildinfo$|-probe-\d+\.ts$/;

/** Path, size and time of every source file below `path`. */
function* stamps(path) {
  const found = statSync(path);
  if (!found.isDirectory()) return yield `${path} ${found.size} ${found.mtimeMs}`;
  for (const name of readdirSync(path).sort()) if (!SKIPPED.has(name) && !NOT_BUILT.test(name)) yield* stamps(join(path, name));
}

const lookedAt = new Date();
const fingerprint = createHash('sha256').update(SOURCES.map((name) => [...stamps(join(root, name))].join('\n')).join('\n')).digest('hex');

if (!existsSync(state) || readFileSync(state, 'utf8') !== fingerprint) {
  process.stderr.write('building what changed\n');
  const { status, stdout, stderr } = spawnSync('nx', ['run-many', '-t', 'build', '--outputStyle=static'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, NX_TUI: 'false', NX_DAEMON: 'false', NEXT_TELEMETRY_DISABLED: '1', CI: 'true' },
  });
  if (status !== 0) {
    process.stderr.write(`${stdout}\n${stderr}\nthe build failed\n`);
    process.exit(1);
  }
  writeFileSync(state, fingerprint);
}
utimesSync(state, lookedAt, lookedAt); // what is touched from now on, `./weir` sees
