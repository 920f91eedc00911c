// Builds what changed: asks Nx only when a tracked or untracked source file is newer than the last
// good build, because Nx alone takes a second to find that out and every command passes here.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = join(root, 'tools/build.state');
const SKIPPED = new Set(['node_modules', 'dist', '.next', 'generated', '.nx', 'test']);

/** The newest change below `folder`, in milliseconds. */
function newest(folder) {
  let latest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (SKIPPED.has(entry.name)) continue;
    const path = join(folder, entry.name);
    latest = Math.max(latest, entry.isDirectory() ? Math.max(statSync(path).mtimeMs, newest(path)) : statSync(path).mtimeMs);
  }
  return latest;
}

const sources = ['apps', 'libs', 'services', 'infra', 'prisma'].map((name) => join(root, name)).filter((path) => existsSync(path));
const files = ['pnpm-lock.yaml', 'tsconfig.base.json', 'nx.json'].map((name) => statSync(join(root, name)).mtimeMs);
const changed = Math.max(...files, ...sources.map(newest));
const built = existsSync(join(root, 'apps/cli/dist/main.js')) && existsSync(stamp) ? statSync(stamp).mtimeMs : 0;

if (changed > built) {
  process.stderr.write('building what changed\n');
  const started = new Date();
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
  writeFileSync(stamp, '');
  utimesSync(stamp, started, started); // what changed while it was built is built next time
}
