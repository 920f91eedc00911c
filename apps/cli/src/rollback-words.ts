import type { RollbackView } from '@weir/contracts';
import { printable, subject } from './format.ts';

const SETTINGS: Readonly<Record<string, string>> = { entryFile: 'entry file', python: 'Python', framework: 'framework', memoryMib: 'memory (MiB)', cpus: 'processors', pids: 'processes' };

/** What a rollback changes, a line each. */
export function rollbackWords({ from, to, undone, packages, settings, secrets, rebuilds, supersedes }: RollbackView): string {
  const changes = [
    ...undone.map(({ number, commit, message }) => `  undone    release ${number}, ${commit.slice(0, 12)} ${subject(message)}`),
    ...(packages?.map((one) => `  package   ${one.name} ${arrow(one)}`) ?? ['  packages  not known: one of the two releases has no list of them']),
    ...settings.map((one) => `  setting   ${SETTINGS[one.name] ?? one.name} ${arrow(one)}`),
    ...secrets.map(({ name, change }) => `  secret    ${name} is ${change}`),
    ...(rebuilds ? ['  build     its image is gone from its machine: it is built again, the same commit with exactly the packages of its lock'] : []),
    ...supersedes.map((id) => `  ends      deployment ${id}, which is on its way`),
  ];
  return printable([`From release ${from.number} to release ${to.number} (${to.commit.slice(0, 12)} ${subject(to.commitMessage)}).`, ...changes].join('\n'));
}

const arrow = ({ from, to }: { from: string | null; to: string | null }): string => `${from ?? 'none'} → ${to ?? 'none'}`;
