import { type Diagnoser, findLine } from './failure-facts.ts';

const SYNTAX = /^\s*(?:Sorry: )?(SyntaxError|IndentationError|TabError): (.*)$/;

/** The compile check prints a frame and the error, without the word Traceback. */
export const syntaxError: Diagnoser = ({ log }) => {
  const found = findLine(log, SYNTAX);
  if (!found) return undefined;
  const frame = log.slice(0, found.index).findLast((line) => /^\s*File "/.test(line));
  const [, file, line] = /File "([^"]+)", line (\d+)/.exec(frame ?? '') ?? /\(([^()]+\.py), line (\d+)\)/.exec(found.match[2] ?? '') ?? [];
  const what = (found.match[2] ?? '').replace(/ \([^()]+, line \d+\)$/, '');
  const place = file === undefined ? '' : `${file.replace(/^(?:\/app|\/opt\/weir\/source|\.)\//, '')} line ${line}: `;
  return { code: 'app.syntax_error', message: `${place}${what || found.match[1]}.`, hint: 'Correct that line and push again.', line: found.index };
};
