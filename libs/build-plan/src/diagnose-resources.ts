import { type Diagnoser, findLine, isAppPhase } from './failure-facts.ts';

const outOfMemory: Diagnoser = (facts) => {
  const said = findLine(facts.log, /\b(?:MemoryError|Cannot allocate memory|std::bad_alloc|memory allocation of \d+ bytes failed)\b/);
  const killed = facts.oom || (facts.signal === 'SIGKILL' && !facts.timedOut && facts.exitCode === 137);
  if (!killed && (!said || facts.exitCode === 0)) return undefined;
  return isAppPhase(facts)
    ? { code: 'app.out_of_memory', message: 'The app used more memory than it may while it started.', hint: "Raise the app's memory limit in its settings, or load less data when it starts.", line: said?.index ?? null }
    : { code: 'build.out_of_memory', message: 'The build used more memory than it may.', hint: 'A package is probably compiled from source: take versions that have wheels, or ask the operator for more build memory.', line: said?.index ?? null };
};

const diskFull: Diagnoser = ({ log, phase }) => {
  const found = findLine(log, /No space left on device|\bos error 28\b|\bErrno 28\b|Disk quota exceeded|You don't have enough free space/);
  if (!found) return undefined;
  const where = phase === 'start' || phase === 'healthy' ? 'The app filled its working directory.' : 'The build ran out of disk space.';
  return { code: 'build.disk_full', message: where, hint: 'Remove large packages or files that the app does not need (for PyTorch, the CPU build is far smaller), or ask the operator for more space.', line: found.index };
};

const timedOut: Diagnoser = (facts) => {
  if (!facts.timedOut || isAppPhase(facts)) return undefined;
  const building = findLine(facts.log.toReversed(), /^\s*Building ([\w.-]+(?:==\S+)?)/);
  const what = building ? ` while building ${building.match[1]} from source` : facts.phase === 'fetch' ? ' while fetching the repository' : '';
  const hint = building ? 'Take a version of that package that has a wheel for this Python.' : 'Deploy again; if it happens twice, make the repository or its dependencies smaller.';
  return { code: 'build.timed_out', message: `The build took longer than it may${what}.`, hint, line: building ? facts.log.length - 1 - building.index : null };
};

/** Limits that were hit: they explain whatever else the log says. */
export const resourceDiagnosers: readonly Diagnoser[] = [outOfMemory, diskFull, timedOut];
