import { packageFor } from './package-names.ts';
import { packagesForLibrary } from './system-libraries.ts';
import { placeOf, type Traceback } from './traceback.ts';

/** An exception of an app, explained: what it means and what to do. */
export interface ExplainedException {
  readonly code: 'app.missing_module' | 'app.missing_library' | 'app.missing_secret' | 'app.removed_api' | 'app.syntax_error' | 'app.exception';
  readonly message: string;
  readonly hint: string | null;
}

const quoted = (text: string): string => text.slice(0, 300).replace(/[.\s]+$/, '');

/** Modules that vanished from a package, where an older release still has them. */
const VANISHED: Record<string, string> = { 'altair.vegalite.v4': 'Ask for “altair<5”, which this Streamlit was made for, or take a newer Streamlit.', distutils: 'Add “setuptools”, or choose Python 3.11: newer ones have no distutils.', pkg_resources: 'Add “setuptools<81”.', imp: 'Choose Python 3.11, or a newer version of the package that imports imp.' };

export function explainException(traceback: Traceback): ExplainedException {
  const place = placeOf(traceback);
  const at = place === null ? '' : `${place}: `;
  const { type, message } = traceback;
  return missingModule(type, message, at) ?? missingLibrary(message, at) ?? missingSecret(type, message, at) ?? removedApi(type, message, at) ?? other(type, message, at);
}

function missingModule(type: string, message: string, at: string): ExplainedException | undefined {
  const module = /^No module named '([^']+)'/.exec(message)?.[1];
  if (type !== 'ModuleNotFoundError' || module === undefined) return undefined;
  const package_ = packageFor(module);
  return { code: 'app.missing_module', message: `${at}the module “${module}” is not installed.`, hint: VANISHED[module] ?? `Add “${package_}” to the dependency file; if it is a file of your own, commit it.` };
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
  const none = type === 'StreamlitSecretNotFoundError' || /^No secrets (?:files )?found/.test(message);
  const connection = /Missing .* configuration\. Did you forget to set this in `?secrets\.toml/.test(message);
  if (key === undefined && !none && !connection) return undefined;
  const what = key === undefined ? (connection ? 'the connection has no settings in the secrets' : 'the app reads secrets, and it has none') : `the secret “${key}” is not set`;
  return { code: 'app.missing_secret', message: `${at}${what}.`, hint: "Set it in the app's secrets; the app gets it without a new build." };
}

function removedApi(type: string, message: string, at: string): ExplainedException | undefined {
  const name = type === 'AttributeError' ? /module 'streamlit' has no attribute '([^']+)'/.exec(message)?.[1] : /cannot import name '([^']+)' from 'streamlit/.exec(message)?.[1];
  if (name === undefined) return undefined;
  const use = /Use (.+?) instead/.exec(message)?.[1];
  return { code: 'app.removed_api', message: `${at}this version of Streamlit has no st.${name}.`, hint: use === undefined ? 'Ask for the Streamlit version the app was written for, such as “streamlit<1.30” for an old one, or a newer one for a new function.' : `Use ${use} instead, or ask for the older Streamlit the app was written for.` };
}

function other(type: string, message: string, at: string): ExplainedException {
  if (/^(SyntaxError|IndentationError|TabError)$/.test(type)) return { code: 'app.syntax_error', message: `${at}${quoted(message) || type}.`, hint: 'Correct that line and push again.' };
  const file = type === 'FileNotFoundError' ? /No such file or directory: '([^']+)'/.exec(message)?.[1] : undefined;
  const hint = file === undefined ? null : `Commit ${quoted(file)}, or correct its path: paths start at the root of the repository, and upper and lower case differ.`;
  return { code: 'app.exception', message: `${at}${type}${message === '' ? '' : `: ${quoted(message)}`}.`, hint };
}
