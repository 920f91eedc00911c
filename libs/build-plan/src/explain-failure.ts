import type { Failure } from '@weir/domain';
import { fetchDiagnosers } from './diagnose-fetch.ts';
import { installDiagnosers } from './diagnose-install.ts';
import { resolutionDiagnosers } from './diagnose-resolution.ts';
import { resourceDiagnosers } from './diagnose-resources.ts';
import { syntaxError } from './diagnose-script.ts';
import { startDiagnosers } from './diagnose-start.ts';
import { excerptAt, lastLines, oneEnd, plainLine } from './excerpt.ts';
import { hostUnreachable } from './diagnose-unreachable.ts';
import { type Diagnoser, type FailureFacts, isAppPhase } from './failure-facts.ts';

const BUILD: readonly Diagnoser[] = [...resourceDiagnosers, hostUnreachable, ...fetchDiagnosers, ...resolutionDiagnosers, ...installDiagnosers, syntaxError];
/** An app may print anything, also what looks like uv's words: only limits and its own end count. */
const APP: readonly Diagnoser[] = [...resourceDiagnosers, ...startDiagnosers];

/** Explains why a phase failed: the first diagnoser that recognises it, else honestly `build.unknown`. */
export function explainFailure(facts: FailureFacts): Failure {
  const log = facts.log.map(plainLine);
  const plain = { ...facts, log };
  for (const diagnose of isAppPhase(facts) ? APP : BUILD) {
    const found = diagnose(plain);
    if (!found) continue;
    const { line, ...told } = found;
    return { ...told, message: oneEnd(told.message), phase: facts.phase, excerpt: line === null ? lastLines(log) : excerptAt(log, line) };
  }
  const how = facts.signal !== null ? `was ended by ${facts.signal}` : facts.exitCode !== null ? `ended with exit code ${facts.exitCode}` : 'did not end as it should';
  return { code: 'build.unknown', phase: facts.phase, message: `The step “${facts.phase}” ${how}, and the log does not say why.`, hint: 'Read the last lines of the log; deploy again if they do not point at the repository.', excerpt: lastLines(log) };
}
