import { compareVersions, type Failure } from '@weir/domain';
import { pythonFix } from '../python-fix.ts';
import { neededPython } from './needed-python.ts';

/** What a compiler says of a script. */
export interface SyntaxFault {
  readonly path: string;
  readonly line: number | null;
  readonly message: string;
  /** The line itself. */
  readonly text: string;
}

/**
 * Why a script cannot be compiled: its own fault, or that the app runs on an older Python than it is written for.
 *
 * @param pythons those that the app could be set to
 */
export function syntaxFailure({ path, line, message, text }: SyntaxFault, source: string, { python, pythons }: { python: string; pythons: readonly string[] }): Failure {
  const where = line === null ? path : `${path}:${line}`;
  const excerpt = `  File "${path}"${line === null ? '' : `, line ${line}`}\n${text === '' ? '' : `    ${text.trim()}\n`}SyntaxError: ${message}`;
  const need = neededPython(source);
  const fault = { code: 'app.syntax_error', phase: 'plan', excerpt: excerpt.slice(0, 4000) } as const;
  if (!need || compareVersions(need.python, python) <= 0) return { ...fault, message: `${where}: ${message}.`, hint: 'Correct that line and push again.' };
  const fix = pythonFix({ python, pythons }, (each) => compareVersions(each, need.python) >= 0);
  return {
    ...fault,
    message: `${where}: this line is written for Python ${need.python} or newer, and the app runs on ${python} (${message}).`,
    hint: fix ? `Choose Python ${fix.value} in the app's settings, or write the line as Python ${python} reads it.` : `Write the line as Python ${python} reads it.`,
    ...(fix && { fix }),
  };
}
