import { readdirSync, readFileSync } from 'node:fs';

const read = (path: string): string => {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return ''; // it has ended meanwhile
  }
};

/** Every process of this machine: its arguments and its environment, as they are in memory. */
export const processes = (): { readonly pid: number; readonly words: string }[] =>
  readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((pid) => ({ pid: Number(pid), words: `${read(`/proc/${pid}/cmdline`)}\0${read(`/proc/${pid}/environ`)}` }));
