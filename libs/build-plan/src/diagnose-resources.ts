import { type Diagnoser, isAppPhase, sizeOf, timeOf } from './failure-facts.ts';
import { NAMELESS, sourceBuild } from './source-build.ts';

/** What was compiled when the build ended: the last that uv began and did not end. */
function beingBuilt(log: readonly string[]): { requirement: string; index: number } | undefined {
  const index = log.findLastIndex((line) => /^\s*Building ([\w.-]+(?:==\S+)?)/.test(line));
  const requirement = /^\s*Building (\S+)/.exec(log[index] ?? '')?.[1];
  return requirement === undefined || log.some((line) => line.trim() === `Built ${requirement}`) ? undefined : { requirement, index };
}

/** Only the kernel's word counts: programs print “MemoryError” for many reasons. */
const outOfMemory: Diagnoser = (facts) => {
  if (!facts.oom) return undefined;
  const allowed = facts.allowed?.memoryMib;
  if (isAppPhase(facts)) {
    const fix = allowed === undefined ? undefined : ({ setting: 'memoryMib', value: allowed * 2 } as const);
    return { code: 'app.out_of_memory', message: `The app used more than ${allowed === undefined ? 'the memory it may' : `its ${sizeOf(allowed)} of memory`} while it started.`, hint: "Raise the app's memory limit in its settings, or load less data when it starts.", line: null, ...(fix && { fix }) };
  }
  const found = sourceBuild(facts.log)?.requirement ?? beingBuilt(facts.log)?.requirement;
  const built = found === NAMELESS ? undefined : found; // it has no release to choose another of
  const hint = built === undefined ? 'A package is probably compiled from source: take versions that have wheels, or ask the operator for more build memory.' : 'Take a version of that package that has a wheel for this Python, or ask the operator for more build memory.';
  return { code: 'build.out_of_memory', message: `The build used more than ${allowed === undefined ? 'the memory it may' : `the ${sizeOf(allowed)} of memory it may`}${built === undefined ? '' : ` while it built ${built} from source`}.`, hint, line: null };
};

const FULL = /No space left on device|\bos error 28\b|\bErrno 28\b|Disk quota exceeded|You don't have enough free space/;
/** How the tools that may be the ones that ended begin what they say. */
const BY_TOOL = /^\s*(?:error:|fatal:|cause:|E:|W:|tar:|dpkg-deb:|Caused by:|[×╰─▶│\s]*(?:Failed|failed) to |OSError:|.*\bOSError: \[Errno 28\]|.*fatal error: error writing)/;

const diskFull: Diagnoser = (facts) => {
  if (isAppPhase(facts)) return undefined;
  const cause = sourceBuild(facts.log)?.cause;
  const found = cause && FULL.test(cause.text) ? cause.index : cause ? -1 : facts.log.findLastIndex((line) => FULL.test(line) && BY_TOOL.test(line));
  if (found < 0) return undefined;
  const disk = facts.allowed?.diskMib;
  return { code: 'build.disk_full', message: `The build ran out of disk space${disk === undefined ? '' : `: it may use ${sizeOf(disk)}`}.`, hint: 'Remove large packages or files that the app does not need (for PyTorch, the CPU build is far smaller), or ask the operator for more space.', line: found };
};

const timedOut: Diagnoser = (facts) => {
  if (!facts.timedOut || isAppPhase(facts)) return undefined;
  const building = beingBuilt(facts.log);
  const what = building ? ` while building ${building.requirement} from source` : facts.phase === 'fetch' ? ' while fetching the repository' : '';
  const limit = facts.allowed?.seconds === undefined ? 'it may' : `the ${timeOf(facts.allowed.seconds)} it may`;
  const hint = building ? 'Take a version of that package that has a wheel for this Python.' : 'Deploy again; if it happens twice, make the repository or its dependencies smaller.';
  return { code: 'build.timed_out', message: `The build took longer than ${limit}${what}.`, hint, line: building?.index ?? null };
};

const NO_MORE_PROCESSES = /Resource temporarily unavailable|\bos error 11\b|\bErrno 11\b|can't start new thread/;

/** What a package's own build says of it is the package's end: it may wait and try again. */
const tooManyProcesses: Diagnoser = (facts) => {
  if (isAppPhase(facts) || sourceBuild(facts.log)) return undefined;
  const line = facts.log.findLastIndex((text) => NO_MORE_PROCESSES.test(text));
  if (line < 0) return undefined;
  return { code: 'build.too_many_processes', message: 'The build had more processes at once than a build may.', hint: 'A package starts processes while it is built and leaves them behind: take a version of it that has a wheel.', line };
};

/** Limits that were hit: they explain whatever else the log says. */
export const resourceDiagnosers: readonly Diagnoser[] = [outOfMemory, timedOut, diskFull, tooManyProcesses];
