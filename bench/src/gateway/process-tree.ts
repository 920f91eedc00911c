import { readdirSync, readFileSync } from 'node:fs';

/** A process and all that it started, as ids. */
function treeOf(pid: number): number[] {
  const children = threadsOf(pid).flatMap((thread) => read(`/proc/${pid}/task/${thread}/children`).split(' ').filter(Boolean).map(Number));
  return [pid, ...children.flatMap(treeOf)];
}

/** Milliseconds of processor time, user and system, that a process and its children have used (proc(5), `schedstat`: nanoseconds of each thread). */
export function cpuMs(pid: number): number {
  let nanoseconds = 0;
  for (const each of treeOf(pid)) for (const thread of threadsOf(each)) nanoseconds += Number(read(`/proc/${each}/task/${thread}/schedstat`).split(' ', 1)[0]);
  return nanoseconds / 1e6;
}

/** Resident memory of a process and its children, in KiB. What they share counts in each, so only differences mean something. */
export function residentKib(pid: number): number {
  return treeOf(pid).reduce((sum, each) => sum + Number(/^VmRSS:\s+(\d+) kB$/m.exec(read(`/proc/${each}/status`))?.[1] ?? 0), 0);
}

const threadsOf = (pid: number): string[] => gone(() => readdirSync(`/proc/${pid}/task`), []);
const read = (path: string): string => gone(() => readFileSync(path, 'utf8'), '');

/** A process may end between being listed and being read. */
function gone<T>(look: () => T, otherwise: T): T {
  try {
    return look();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'ESRCH') throw error;
    return otherwise;
  }
}
