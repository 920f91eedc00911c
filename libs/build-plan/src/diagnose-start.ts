import { explainException } from './explain-exception.ts';
import { type Diagnoser, type Diagnosis, type FailureFacts, findLine, isAppPhase, timeOf } from './failure-facts.ts';
import { readTraceback, startsTraceback, type Traceback } from './traceback.ts';

/** What servers say of where they really listen. Streamlit and NiceGUI print an address for browsers, which says nothing of it. */
const LISTENS = /(?:Uvicorn running on|Listening at:|Running on(?: local URL:)?) +https?:\/\/(\[[^\]]+\]|[\w.-]+):(\d+)|Serving HTTP on (\S+) port (\d+)/;
const LOOPBACK = /^(127\.|localhost$|\[::1\]$|::1$)/;
/** What may follow the traceback that ended a process: a few words of libraries that tidy up. */
const LINES_AFTER = 4;

/** What announces an exception that ends no process. */
const ELSEWHERE = /^Exception (?:in thread|ignored in)|exception was never retrieved|^future:|Uncaught app (?:exception|execution)|Script compilation error/;

/** Where the first of chained tracebacks starts, of which the last starts at `index`. */
function chainStart(log: readonly string[], index: number): number {
  const before = log.slice(0, index).findLastIndex((line) => line.trim() !== '');
  const earlier = /^(?:During handling of|The above exception was)/.test(log[before] ?? '') ? log.slice(0, before).findLastIndex(startsTraceback) : -1;
  return earlier < 0 ? index : chainStart(log, earlier);
}

/** The exception that ended the process. Python then exits with 1, and says so last; a traceback that was only printed is not it. */
function endedBy({ exitCode, log }: FailureFacts): Traceback | undefined {
  if (exitCode !== 1) return undefined;
  const last = log.findLastIndex(startsTraceback);
  const start = last < 0 ? log.findIndex((line) => line.startsWith('  File "')) : last; // a script that does not compile has no such head
  if (start < 0 || ELSEWHERE.test(log[chainStart(log, start) - 1] ?? '')) return undefined;
  const traceback = readTraceback(log, start);
  return traceback && log.slice(traceback.end + 1).filter((line) => /^\S/.test(line)).length <= LINES_AFTER ? traceback : undefined;
}

const nothingToServe: Diagnoser = ({ log, exitCode }) => {
  const index = exitCode !== 1 ? -1 : log.findLastIndex((line) => /starts no server, and has no .* that could be served\.$/.test(line));
  return index < 0 ? undefined : { code: 'entry.nothing_to_serve', message: log[index]!.trim(), hint: 'Choose the script that makes the app as the entry file, or give the app one of these names in it.', line: index };
};

const portTaken: Diagnoser = ({ log, exitCode }) => {
  if (exitCode === null || exitCode === 0) return undefined;
  const index = log.findLastIndex((line) => /\[Errno 98\]|Address already in use|Port \d+ is (?:already in use|not available)/.test(line));
  if (index < 0 || log.slice(index + 1).filter((line) => /^\S/.test(line)).length > LINES_AFTER) return undefined;
  return { code: 'app.port_taken', message: 'The app ended because something in it already listens on the port that it asks for.', hint: 'Start one server only, and none of your own on the port in the variable PORT.', line: index };
};

const exited: Diagnoser = (facts) => {
  if (facts.timedOut || (facts.exitCode === null && facts.signal === null)) return undefined;
  const traceback = endedBy(facts);
  if (traceback) return explained(traceback);
  const how = facts.signal === null ? (facts.exitCode === 0 ? 'ended by itself (exit code 0)' : `ended with exit code ${facts.exitCode}`) : `was ended by the signal ${facts.signal}`;
  const usage = findLine(facts.log, /^Error: (.+)$/);
  const said = usage && facts.exitCode === 2 ? `: ${usage.match[1]!.replace(/\.$/, '')}` : '';
  return { code: 'app.exited', message: `The app ${how} before it answered${said}.`, hint: 'Look at the last lines of the log: something ends the process, such as sys.exit() or a library that does not fit this Python.', line: usage?.index ?? null };
};

function explained(traceback: Traceback): Diagnosis {
  const { code, message, hint } = explainException(traceback);
  const said = traceback.frame ? message : `${message.charAt(0).toUpperCase()}${message.slice(1)}`;
  return { code, message: code === 'app.exception' ? `The app ended before it answered: ${message}` : said, hint: hint ?? (traceback.frame ? 'Correct what that line does, and push again.' : 'Ask for other versions of the packages that the traceback goes through.'), line: traceback.end };
}

/** It runs, and listens where nobody asks. */
const elsewhere: Diagnoser = ({ log, port, timedOut }) => {
  if (!timedOut || port === undefined) return undefined;
  const found = [...log.entries()].flatMap(([index, line]) => {
    const [, host, number, otherHost, otherNumber] = LISTENS.exec(line) ?? [];
    const place = { index, host: host ?? otherHost ?? '', port: Number(number ?? otherNumber) };
    return place.host === '' ? [] : [place];
  });
  const last = found.at(-1);
  if (!last || found.some((each) => each.port === port && !LOOPBACK.test(each.host))) return undefined;
  return { code: 'app.wrong_port', message: `The app listens on ${last.host}:${last.port}, where the platform cannot reach it: it has to listen on 0.0.0.0:${port}.`, hint: 'Take host and port from the variables HOST and PORT, such as port=int(os.environ["PORT"]).', line: last.index };
};

const neverAnswered: Diagnoser = ({ allowed }) => ({
  code: 'app.start_timeout',
  message: `The app runs, but did not answer its health check within ${allowed?.seconds === undefined ? 'its time limit' : timeOf(allowed.seconds)}.`,
  hint: 'Something keeps it from serving: work that takes long, a wait for another server, or a prompt. Do that when a page is opened, and let the server start first.',
  line: null,
});

/** Failures of an app's process on its way up. Of what an app prints, only what fits how it ended counts. */
export const startDiagnosers: readonly Diagnoser[] = [nothingToServe, portTaken, exited, elsewhere, neverAnswered].map((diagnose) => (facts) => (isAppPhase(facts) ? diagnose(facts) : undefined));
