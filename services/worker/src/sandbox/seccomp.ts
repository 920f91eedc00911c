import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The platform's seccomp profile as the engine's API takes it: inline, in one line. Looked for upwards, as a bundle runs from `dist`. */
export function seccompProfile(): string {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const path = join(folder, 'infra/seccomp/app.json');
    if (existsSync(path)) return JSON.stringify(JSON.parse(readFileSync(path, 'utf8')));
    if (dirname(folder) === folder) throw new Error('infra/seccomp/app.json is missing: a sandbox without it is not started');
  }
}
