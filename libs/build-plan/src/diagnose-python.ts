import { type Diagnoser, type Diagnosis, type FailureFacts, findLine } from './failure-facts.ts';
import { pythonFix } from './python-fix.ts';
import { resolverReport } from './resolver-report.ts';
import { pythonSatisfies } from './version-range.ts';
import { NO_WHEELS, wheelAdvice } from './wheel-advice.ts';
import { originOf, whereIs } from './where-is.ts';

/** `cp310` means Python 3.10. */
const pythonsOf = (hint: string): string[] => [...hint.slice(hint.indexOf('tags:')).matchAll(/`cp3(\d+)m?`/g)].map(([, minor = '']) => Number(minor)).sort((a, b) => a - b).map((minor) => `3.${minor}`);

interface Mismatch extends Pick<Diagnosis, 'message' | 'line'> {
  /** What else helps, or helps alone where no Python here suits. */
  readonly instead: string;
  readonly suits: (python: string) => boolean;
  /** What helps for certain, where that is known. */
  readonly advice?: Pick<Diagnosis, 'hint' | 'fix'> | undefined;
}

export function mismatch(facts: FailureFacts, { message, instead, line, suits, advice }: Mismatch): Diagnosis {
  if (advice) return { code: 'build.python_mismatch', message, ...advice, line };
  const fix = pythonFix({ python: facts.plan?.python, pythons: facts.pythons }, suits);
  const none = facts.pythons === undefined ? `Choose another Python in the app's settings, or ${instead}.` : `No Python that is available here suits it: ${instead}.`;
  return { code: 'build.python_mismatch', message, hint: fix ? `Choose Python ${fix.value} in the app's settings, or ${instead}.` : none, line, ...(fix && { fix }) };
}

/** A package, or the project, that does not support the Python the app runs on. */
export const pythonMismatch: Diagnoser = (facts) => {
  const report = resolverReport(facts.log);
  return (report && (requiresPython(facts, report.text, report.index) ?? otherWheels(facts, report.text, report.index))) ?? projectRequires(facts) ?? setupRefuses(facts);
};

const runsOn = ({ plan }: FailureFacts, text = ''): string => plan?.python ?? /current Python version \((\d+\.\d+)/.exec(text)?.[1] ?? 'another';

function requiresPython(facts: FailureFacts, text: string, line: number): Diagnosis | undefined {
  const [, name, wanted = ''] = /(\S+) depends on Python(\S+)/.exec(text) ?? [];
  if (name === undefined || !/current Python version \([\d.]+\) does not satisfy/.test(text)) return undefined;
  const range = wanted.replace(/[,.]+$/, '');
  const python = runsOn(facts, text);
  return mismatch(facts, { message: `${name} (${whereIs(facts.plan, name)}) needs Python ${range}, and the app runs on ${python}.`, instead: `ask for a version of the package that supports ${python}`, line, suits: (each) => pythonSatisfies(each, range) });
}

function otherWheels(facts: FailureFacts, text: string, line: number): Diagnosis | undefined {
  const name = NO_WHEELS.exec(text)?.[1];
  if (name === undefined) return undefined;
  const tags = pythonsOf(findLine(facts.log, /we only found wheels for/)?.match.input ?? '');
  const only = tags.length > 0 ? `Python ${tags.join(', ')}` : 'other Pythons';
  return mismatch(facts, { message: `${name} (${originOf(facts, name).place}) is made for ${only} only, and the app runs on ${runsOn(facts, text)}.`, instead: `ask for a newer version of ${originOf(facts, name).asked}`, line, suits: (each) => tags.includes(each), advice: wheelAdvice(facts, name) });
}

function projectRequires(facts: FailureFacts): Diagnosis | undefined {
  const found = findLine(facts.log, /interpreter resolved to Python ([\d.]+), which is incompatible with the project's Python requirement: `([^`]+)`/);
  const range = found?.match[2] ?? '';
  return found && mismatch(facts, { message: `The project asks for Python ${range}, and the app runs on ${runsOn(facts)}.`, instead: 'widen requires-python and lock again', line: found.index, suits: (each) => pythonSatisfies(each, range) });
}

function setupRefuses(facts: FailureFacts): Diagnosis | undefined {
  const found = findLine(facts.log, /Cannot install on Python version [\d.]+; only versions (\S+) are supported/);
  const built = findLine(facts.log, /^\W*(?:error: )?Failed to (?:download and )?build `([^`]+)`/)?.match[1];
  if (!found || built === undefined) return undefined;
  const range = found.match[1] ?? '';
  return mismatch(facts, { message: `${built} (${originOf(facts, built).place}) supports only Python ${range}, and the app runs on ${runsOn(facts)}.`, instead: `ask for a newer version of ${originOf(facts, built).asked}`, line: found.index, suits: (each) => pythonSatisfies(each, range) });
}
