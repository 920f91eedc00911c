import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type Docker from 'dockerode';
import { tolerating } from '../client/docker-problem.ts';

/** Where the kernel says which container something is of: cgroup v1 and v2, with and without systemd. The last one: this host may be a container itself. */
const CONTAINER = /.*docker[/-]([0-9a-f]{64})/s;

/** Processes, control groups and mounts of containers that the engine does not know any more. */
export async function goneContainers(docker: Docker): Promise<string[]> {
  const around = seenIn(readIfThere('/proc/self/cgroup'), 'this host')[0]?.container;
  const seen = [...processes(), ...groups(), ...mounts()].filter(({ container }) => container !== around);
  const containers = [...new Set(seen.map(({ container }) => container))];
  const known = await Promise.all(containers.map((id) => tolerating([404], () => docker.getContainer(id).inspect())));
  return seen.filter(({ container }) => !known[containers.indexOf(container)]).map(({ what, container }) => `${what} of ${container.slice(0, 12)}`);
}

interface Seen {
  readonly what: string;
  readonly container: string;
}

const seenIn = (text: string, what: string, pattern = CONTAINER): Seen[] => {
  const container = pattern.exec(text)?.[1];
  return container === undefined ? [] : [{ what, container }];
};

/** Also those that the engine started beside it: a shim names its container among its arguments. */
function processes(): Seen[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((pid) => {
    const read = (file: string): string => readIfThere(`/proc/${pid}/${file}`);
    return seenIn(read('cgroup'), `process ${pid}`).concat(seenIn(read('cmdline'), `shim ${pid}`, /containerd-shim[^]*\0-id\0([0-9a-f]{64})/));
  });
}

const groups = (): Seen[] => globSync('/sys/fs/cgroup/{*/docker/*,docker/*,system.slice/docker-*}').filter((path) => existsSync(path)).flatMap((path) => seenIn(path, `group ${basename(path)}`));

const mounts = (): Seen[] => readFileSync('/proc/mounts', 'utf8').split('\n').flatMap((line) => seenIn(line, `mount ${line.split(' ')[1]}`, /\/containers\/([0-9a-f]{64})\//));

/** A process may end while it is looked at. */
function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return '';
    throw error;
  }
}
