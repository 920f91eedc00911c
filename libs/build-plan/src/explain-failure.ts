import type { Failure } from '@weir/domain';
import { fetchDiagnosers } from './diagnose-fetch.ts';
import { installDiagnosers } from './diagnose-install.ts';
import { resolutionDiagnosers } from './diagnose-resolution.ts';
import { resourceDiagnosers } from './diagnose-resources.ts';
import { scriptDiagnosers } from './diagnose-script.ts';
import { excerptAt, lastLines, plainLine } from './excerpt.ts';
import { type Diagnoser, type FailureFacts, isAppPhase } from './failure-facts.ts';

const BUILD: readonly Diagnoser[] = [...resourceDiagnosers, ...fetchDiagnosers, ...resolutionDiagnosers, ...installDiagnosers, ...scriptDiagnosers];
/** An app may print anything, also what looks like uv's words: only limits and its own end count. */
const APP: readonly Diagnoser[] = [...resourceDiagnosers, ...scriptDiagnosers];

/** Explains why a phase failed: the first diagnoser that recognises it, else honestly `build.unknown`. */
export function explainFailure(facts: FailureFacts): Failure {
  const log = facts.log.map(plainLine);
  const plain = { ...facts, log };
  for (const diagnose of isAppPhase(facts) ? APP : BUILD) {
    const found = diagnose(plain);
    if (found) return { code: found.code, phase: facts.phase, message: found.message, hint: found.hint, excerpt: found.line === null ? lastLines(log) : excerptAt(log, found.line) };
  }
  const how = facts.signal !== null ? `was ended by ${facts.signal}` : facts.exitCode !== null ? `ended with exit code ${facts.exitCode}` : 'did not end as it should';
  return { code: 'build.unknown', phase: facts.phase, message: `The step “${facts.phase}” ${how}, and the log does not say why.`, hint: 'Read the last lines of the log; deploy again if they do not point at the repository.', excerpt: lastLines(log) };
}
