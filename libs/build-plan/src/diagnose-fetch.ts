import { type Diagnoser, type Diagnosis, findLine } from './failure-facts.ts';

type Told = Pick<Diagnosis, 'code' | 'message' | 'hint'>;
/** `where` is the Git server, as far as the log names it. */
type Row = readonly [pattern: RegExp, tell: (found: string | undefined, where: string) => Told];

const NOT_FOUND: Told = { code: 'source.not_found', message: 'The repository does not exist, or it is private.', hint: 'Check the address; a private repository can be pushed to the app’s own Git remote instead.' };
const unreachable = (message: string, hint = 'Check the address, and deploy again in a moment.'): Told => ({ code: 'source.unreachable', message, hint });

const TABLE: readonly Row[] = [
  [/Remote branch (\S+) not found|couldn't find remote ref (?:refs\/heads\/)?(\S+)/, (branch) => ({ code: 'source.branch_not_found', message: `The repository has no branch ${branch ?? 'of that name'}.`, hint: "Choose a branch that exists in the app's settings." })],
  [/not our ref ([0-9a-f]{40,64})|reference is not a tree: ([0-9a-f]{40,64})/, (commit) => ({ code: 'source.commit_not_found', message: `The repository has no commit ${commit?.slice(0, 12) ?? 'of that name'} any more.`, hint: 'A force push has probably replaced it: deploy the newest commit of the branch.' })],
  [/^error: object [0-9a-f]{40,64}: \w+: (.{1,200})$/, (what) => ({ code: 'source.unreadable', message: `Git refuses an object of this repository: it ${what ?? 'is broken'}.`, hint: 'Mend what “git fsck” names, and push again.' })],
  [/invalid index-pack output|File too large/, () => ({ code: 'source.too_large', message: 'The newest commit is larger than the 200 MB that are fetched, or the Git server sends it broken.', hint: 'Keep large data out of the repository and load it when the app runs.' })],
  [/Authentication failed|could not read (?:Username|Password)|HTTP Basic: Access denied|The requested URL returned error: 40[13]/, () => NOT_FOUND],
  [/[Rr]epository '?[^']*'? not found|The requested URL returned error: 404|does not appear to be a git repository/, () => NOT_FOUND],
  [/The requested URL returned error: (429|5\d\d)/, (status, where) => unreachable(`The Git server${where} answered with the error ${status}.`, 'Deploy again in a moment.')],
  [/Could not resolve (?:host|proxy)/, (_, where) => unreachable(`There is no Git server${where}: its name is not known.`, 'Check the address of the repository.')],
  [/certificate verif|SSL certificate problem|certificate has expired/, (_, where) => unreachable(`The certificate of the Git server${where} is not trusted.`, 'Ask the operator to add its certificate authority to this installation.')],
  [/Failed to connect|Connection refused|Connection timed out|unable to access|early EOF|RPC failed|CONNECT tunnel failed/, (_, where) => unreachable(`The Git server${where} could not be reached.`)],
  [/protocol error|bad line length|does not support shallow|hung up unexpectedly/, (_, where) => unreachable(`What answers${where} does not speak as a Git server does.`, 'Check that the address is one of a Git repository.')],
];

const serverIn = (log: readonly string[]): string => {
  const host = findLine(log, /unable to access 'https?:\/\/(?:[^@/]*@)?([^/']+)/)?.match[1];
  return host === undefined ? '' : ` ${host}`;
};

/** What git says when a repository cannot be fetched. */
export const fetchDiagnosers: readonly Diagnoser[] = TABLE.map(([pattern, tell]) => ({ phase, log }) => {
  const found = phase === 'fetch' ? findLine(log, pattern) : undefined;
  return found && { ...tell(found.match.slice(1).find(Boolean), serverIn(log)), line: found.index };
});
