import { asPattern } from './as-pattern.ts';
import { FALSE_FRIENDS, NAME_UNKNOWN } from './false-friends.ts';
import { missingModule } from './missing-module.ts';
import { isWellKnown } from './package-names.ts';
import { streamlitHint } from './streamlit-names.ts';
import { packagesForLibrary } from './system-libraries.ts';
import { placeOf, type Traceback } from './traceback.ts';

/** An exception of an app, explained: what it means and what to do. */
export interface ExplainedException {
  readonly code: 'app.missing_module' | 'app.missing_library' | 'app.missing_secret' | 'app.removed_api' | 'app.page_config_order' | 'app.out_of_memory' | 'app.second_server' | 'app.syntax_error' | 'app.exception';
  readonly message: string;
  readonly hint: string | null;
}

/** Of a long message the first sentence. */
const quoted = (text: string): string => (text.length > 140 ? (/^.{20,}?[.!?](?= )/.exec(text)?.[0] ?? text) : text).slice(0, 300).replace(/[.\s]+$/, '');

export function explainException(traceback: Traceback): ExplainedException {
  const place = placeOf(traceback);
  const at = place === null ? '' : `${place}: `;
  const { type, message } = traceback;
  return shadowed(traceback, at) ?? missingModule(traceback, at) ?? missingVariable(traceback, at) ?? missingLibrary(message, at) ?? missingSecret(type, message, at) ?? otherStreamlit(type, message, at) ?? otherArgument(type, message, at) ?? streamlitRule(type, message, at) ?? unreached(type, message, at) ?? other(traceback, at);
}

/** What is read from the environment, and is not there: secrets are put there too. */
function missingVariable({ type, message, frame }: Traceback, at: string): ExplainedException | undefined {
  const read = type === 'KeyError' && /\benviron\[/.test(frame?.source ?? '') ? /^'(\w+)'$/.exec(message)?.[1] : undefined;
  const name = read ?? /setting the (?:`|')?([A-Z][A-Z0-9_]+)(?:`|')? environment variable/.exec(message)?.[1];
  return name === undefined ? undefined : { code: 'app.missing_secret', message: `${at}the environment variable ${name} is not set.`, hint: "Set it in the app's secrets: values outside a section are environment variables too." };
}

function missingLibrary(message: string, at: string): ExplainedException | undefined {
  const library = /(lib[\w.+-]+\.so[\w.]*): cannot open shared object file/.exec(message)?.[1];
  if (library === undefined) return undefined;
  const packages = packagesForLibrary(library);
  const instead = library.startsWith('libGL') ? ' Or use opencv-python-headless in place of opencv-python.' : '';
  return { code: 'app.missing_library', message: `${at}the system library ${library} is missing.`, hint: packages === undefined ? `Add the Debian package that has ${library} to packages.txt.` : `Add “${packages}” to packages.txt.${instead}` };
}

function missingSecret(type: string, message: string, at: string): ExplainedException | undefined {
  const key = /st\.secrets has no (?:key|attribute) "([^"]+)"/.exec(message)?.[1];
  const none = type === 'StreamlitSecretNotFoundError' || /^No secrets (?:files )?found/.test(message) || (type === 'FileNotFoundError' && message.endsWith(".streamlit/secrets.toml'"));
  const connection = /Missing .* configuration\. Did you forget to set this in `?secrets\.toml/.test(message);
  if (key === undefined && !none && !connection) return undefined;
  const what = key === undefined ? (connection ? 'the connection has no settings in the secrets' : 'the app reads secrets, and it has none') : `the secret “${key}” is not set`;
  return { code: 'app.missing_secret', message: `${at}${what}.`, hint: "Set it in the app's secrets; the app gets it without a new build." };
}

function otherStreamlit(type: string, message: string, at: string): ExplainedException | undefined {
  const name = type === 'AttributeError' ? /module 'streamlit' has no attribute '([^']+)'/.exec(message)?.[1] : /cannot import name '([^']+)' from 'streamlit'/.exec(message)?.[1];
  return name === undefined ? undefined : { code: 'app.removed_api', message: `${at}this version of Streamlit has no st.${name}.`, hint: streamlitHint(name, /Use (.+?) instead/.exec(message)?.[1]) };
}

function otherArgument(type: string, message: string, at: string): ExplainedException | undefined {
  const [, command, argument] = type === 'TypeError' ? (/^\w+Mixin\.(\w+)\(\) got an unexpected keyword argument '([^']+)'/.exec(message) ?? []) : [];
  return command === undefined ? undefined : { code: 'app.removed_api', message: `${at}in this version of Streamlit st.${command} takes no “${argument}”.`, hint: 'Leave it out, or ask for the Streamlit that the app was written for.' };
}

/** What requests says of a server that does not answer is long, and has the address at its end. */
function unreached(type: string, message: string, at: string): ExplainedException | undefined {
  const host = /ConnectionPool\(host='([^']+)'/.exec(message)?.[1];
  if (host === undefined || !/^(?:ConnectionError|ConnectTimeout|ReadTimeout|MaxRetryError|SSLError|ProxyError)$/.test(type)) return undefined;
  const why = NAME_UNKNOWN.test(message) ? 'its name is not known here' : /Connection refused/.test(message) ? 'nothing listens there' : /timed? ?out/i.test(message) ? 'it did not answer in time' : undefined;
  return { code: 'app.exception', message: `${at}${type}: ${host} could not be reached${why === undefined ? '' : `, ${why}`}.`, hint: 'Check the address; an app reaches public servers only, unless the operator allows others.' };
}

/** A file of the app that has the name of a package or a module is imported in its place. */
function shadowed({ message, frame }: Traceback, at: string): ExplainedException | undefined {
  const hides = (name: string, what: 'package' | 'module'): ExplainedException => ({ code: 'app.exception', message: `${at}${name}.py is imported in place of the ${what} ${name}.`, hint: `Give ${name}.py another name.` });
  const file = /^No module named '(\w+)\.[^']+'; '\1' is not a package$/.exec(message)?.[1];
  if (file !== undefined && isWellKnown(file)) return hides(file, 'package');
  const name = frame?.file.split('/').at(-1)?.replace(/\.py$/, '');
  const itself = name !== undefined && new RegExp(`from (?:partially initialized module )?'${asPattern(name)}'.*(?:circular import|\\(/app/)|partially initialized module '${asPattern(name)}'`).test(message);
  return name !== undefined && (itself || (frame?.importedByLibrary && /circular import/.test(message))) ? hides(name, 'module') : undefined;
}

function streamlitRule(type: string, message: string, at: string): ExplainedException | undefined {
  if (/set_page_config\(\)`? can only be called once/.test(message)) return { code: 'app.page_config_order', message: `${at}st.set_page_config() has to be the first Streamlit command, and called once.`, hint: 'Move it to the top of the entry file, right after the imports, and call it once in each script.' };
  if (type === 'ValueError' && message.startsWith('signal only works in main thread')) return { code: 'app.second_server', message: `${at}the script starts a server of its own inside Streamlit, which cannot work.`, hint: 'Remove it, or deploy that server as an app of its own.' };
  if (type.endsWith('MemoryError')) return { code: 'app.out_of_memory', message: `${at}the app asked for more memory than there is${message === '' ? '' : `: ${quoted(message)}`}.`, hint: "Load less data at once, or raise the memory limit in the app's settings." };
  return undefined;
}

function other({ type, message }: Traceback, at: string): ExplainedException {
  if (/^(SyntaxError|IndentationError|TabError)$/.test(type)) return { code: 'app.syntax_error', message: `${at}${quoted(message) || type}.`, hint: 'Correct that line and push again.' };
  return { code: 'app.exception', message: `${at}${type}${message === '' ? '' : `: ${quoted(message)}`}.`, hint: hintFor(type, message) };
}

function hintFor(type: string, message: string): string | null {
  const file = type === 'FileNotFoundError' ? /No such file or directory: '([^']+)'/.exec(message)?.[1] : undefined;
  if (file === undefined) return FALSE_FRIENDS.find(([pattern]) => pattern.test(`${type}: ${message}`))?.[1] ?? null;
  if (/^[A-Za-z]:\\|^\/(?:Users|home)\//.test(file)) return 'It is a path of another computer: commit the file, and open it by its path from the root of the repository.';
  return `Commit ${quoted(file)}, or correct its path: paths start at the root of the repository, and upper and lower case differ.`;
}
