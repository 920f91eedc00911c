import { type Diagnoser, findLine } from './failure-facts.ts';

const TABLE: readonly (readonly [pattern: RegExp, code: string, message: (detail: string | undefined) => string, hint: string])[] = [
  [/Remote branch (\S+) not found|couldn't find remote ref (?:refs\/heads\/)?(\S+)/, 'source.branch_not_found', (branch) => `The repository has no branch ${branch ?? 'of that name'}.`, "Choose a branch that exists in the app's settings."],
  [/Authentication failed|could not read (?:Username|Password)|HTTP Basic: Access denied|The requested URL returned error: 40[13]/, 'source.not_found', () => 'The repository does not exist, or it is private.', 'Check the address; a private repository can be pushed to the app’s own Git remote instead.'],
  [/[Rr]epository '?([^']*)'? not found|The requested URL returned error: 404|does not appear to be a git repository/, 'source.not_found', () => 'The repository does not exist, or it is private.', 'Check the address; a private repository can be pushed to the app’s own Git remote instead.'],
  [/Could not resolve host|Failed to connect|Connection refused|Connection timed out|unable to access|early EOF|RPC failed/, 'source.unreachable', () => 'The Git server could not be reached.', 'Check the address, and deploy again in a moment.'],
];

/** What git says when a repository cannot be fetched. */
export const fetchDiagnosers: readonly Diagnoser[] = TABLE.map(([pattern, code, message, hint]) => ({ phase, log }) => {
  const found = phase === 'fetch' ? findLine(log, pattern) : undefined;
  return found && { code, message: message(found.match.slice(1).find(Boolean)), hint, line: found.index };
});
