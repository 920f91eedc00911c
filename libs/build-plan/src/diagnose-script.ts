import { type Diagnoser, findLine, isAppPhase } from './failure-facts.ts';
import { explainException } from './explain-exception.ts';
import { readTraceback } from './traceback.ts';

const SYNTAX = /^\s*(?:Sorry: )?(SyntaxError|IndentationError|TabError): (.*)$/;

/** The compile check prints a frame and the error, without the word Traceback. */
const syntaxError: Diagnoser = ({ log }) => {
  const found = findLine(log, SYNTAX);
  if (!found) return undefined;
  const frame = log.slice(0, found.index).findLast((line) => /^\s*File "/.test(line));
  const [, file, line] = /File "([^"]+)", line (\d+)/.exec(frame ?? '') ?? /\(([^()]+\.py), line (\d+)\)/.exec(found.match[2] ?? '') ?? [];
  const what = (found.match[2] ?? '').replace(/ \([^()]+, line \d+\)$/, '');
  const place = file === undefined ? '' : `${file.replace(/^(?:\/app|\/opt\/weir\/source|\.)\//, '')} line ${line}: `;
  return { code: 'app.syntax_error', message: `${place}${what || found.match[1]}.`, hint: 'Correct that line and push again.', line: found.index };
};

const exited: Diagnoser = (facts) => {
  if (!isAppPhase(facts) || facts.timedOut || (facts.exitCode === null && facts.signal === null)) return undefined;
  const how = facts.signal === null ? `ended with exit code ${facts.exitCode}` : `was ended by ${facts.signal}`;
  const start = facts.log.findLastIndex((line) => line.startsWith('Traceback (most recent call last)'));
  const traceback = start < 0 ? undefined : readTraceback(facts.log, start);
  const explained = traceback && explainException(traceback);
  const usage = findLine(facts.log, /^Error: (.+)$/);
  const reason = explained?.message ?? (usage ? `Streamlit says: ${usage.match[1]}` : '');
  return {
    code: 'app.exited',
    message: `The app ${how} before it answered.${reason === '' ? '' : ` ${reason.charAt(0).toUpperCase()}${reason.slice(1)}`}`,
    hint: explained?.hint ?? 'Look at the last lines of the log: something ends the process, such as sys.exit() or a library that is incompatible with this Python.',
    line: traceback?.end ?? usage?.index ?? null,
  };
};

const unhealthy: Diagnoser = (facts) => {
  if (!isAppPhase(facts)) return undefined;
  return { code: 'app.unhealthy', message: 'The app started but never answered its health check.', hint: 'Streamlit has to come up on the port it is told: remove server settings from .streamlit/config.toml and anything that blocks or ends the process while it starts.', line: null };
};

/** Failures of the script and of the process that runs it. */
export const scriptDiagnosers: readonly Diagnoser[] = [syntaxError, exited, unhealthy];
