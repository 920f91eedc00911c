import { normalName } from '@weir/domain';

/** What one logical line of a requirements file asks for. */
export type RequirementLine =
  | { readonly kind: 'blank' }
  | { readonly kind: 'package'; readonly name: string; readonly versions: string; readonly text: string }
  | { readonly kind: 'include' | 'constraint'; readonly path: string }
  | { readonly kind: 'local'; readonly path: string; readonly editable: boolean }
  | { readonly kind: 'link'; readonly name: string | null; readonly url: string }
  | { readonly kind: 'option'; readonly name: string; readonly value: string; readonly rest: string }
  | { readonly kind: 'unreadable'; readonly why: string; readonly hint: string };

const OPTIONS = new Set([
  '-i', '--index-url', '--extra-index-url', '-f', '--find-links', '--no-index', '--pre', '--prefer-binary', '--no-binary', '--only-binary',
  '--require-hashes', '--trusted-host', '--use-feature', '--no-deps', '--no-build-isolation', '--use-pep517',
]);

/** Those that have no value. */
const FLAGS = new Set(['--no-index', '--pre', '--prefer-binary', '--require-hashes', '--no-deps', '--no-build-isolation', '--use-pep517']);

export { normalName };

const unreadable = (why: string, hint: string): RequirementLine => ({ kind: 'unreadable', why, hint });
const PACKAGE = /^([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(\[[^\]]*\])?\s*(.*)$/;
/** Without blanks: were they optional in it, there would be many ways to read one text. */
const SPECIFIERS = /^\(?(?:(?:===|~=|==|!=|<=|>=|<|>)[A-Za-z0-9.*+!_-]+,?)*\)?$/;
/** Blanks that stand between two words, which a specifier has not. */
const WORDS = /[A-Za-z0-9.*+!_-] [A-Za-z0-9]/;
const LINK = /^(?:(?:git|hg|svn|bzr)\+[a-z+]+|https?|ftp|file):/i;

/** Reads one logical line: comments and continuations are already gone. */
export function readRequirement(line: string): RequirementLine {
  const text = line.trim().replace(/\s+/g, ' '); // long runs of blanks would take quadratic time below
  if (text === '') return { kind: 'blank' };
  return text.startsWith('-') ? readOption(text) : readPackage(text);
}

/** A line, or what stands behind options on it, as it is written. */
interface RequirementPart {
  readonly line: RequirementLine;
  readonly text: string;
}

/** Nobody says more of them at once. */
const MOST_OPTIONS = 20;

/**
 * What pip reads of one logical line: options may stand one behind another, and an include, a limit or an editable
 * behind them. `forgotten` are other words there: pip takes a package for one only at the start of its line.
 */
export function partsOf(text: string): { readonly parts: readonly RequirementPart[]; readonly forgotten: string } {
  const parts: RequirementPart[] = [];
  for (let [at, rest] = [0, text]; at <= MOST_OPTIONS; at++) {
    const line = readRequirement(rest);
    if (at > 0 && line.kind === 'blank') return { parts, forgotten: '' };
    if (at > 0 && !rest.startsWith('-')) return { parts, forgotten: rest };
    parts.push({ line, text: rest });
    if (line.kind !== 'option') return { parts, forgotten: '' };
    rest = line.rest;
  }
  return { parts, forgotten: '' };
}

function readOption(text: string): RequirementLine {
  const [, name = '', value = ''] = /^(--?[a-zA-Z][a-zA-Z0-9-]*)[=\s]*(.*)$/.exec(text) ?? [];
  const short = /^-[rceif](?=[^-\s=])/.exec(text);
  if (short && !OPTIONS.has(name)) return readOption(`${short[0]} ${text.slice(2)}`);
  const path = value.replace(/^(["'])(.*)\1$/, '$2');
  if (name === '-r' || name === '--requirement') return { kind: 'include', path };
  if (name === '-c' || name === '--constraint') return { kind: 'constraint', path };
  if (name === '-e' || name === '--editable') return LINK.test(path) ? readLink(path) : { kind: 'local', path: localPath(path), editable: true };
  if (OPTIONS.has(name)) return optionWithRest(name, value);
  return unreadable(`${(name || text).slice(0, 80)} is not an option of a requirements file`, 'Remove the option; keep package names, -r, -c, -e and index options.');
}

/** One option and its value; what stands behind them on the line is further options, or words that pip reads and forgets. */
function optionWithRest(name: string, text: string): RequirementLine {
  const [, double, single, bare = '', rest = ''] = /^(?:"([^"]*)"|'([^']*)'|(\S*))\s*(.*)$/.exec(FLAGS.has(name) ? `"" ${text}` : text) ?? [];
  return { kind: 'option', name, value: double ?? single ?? bare, rest };
}

const localPath = (text: string): string => text.replace(/\s*;.*$/, '').replace(/\[[^\]]*\]$/, '').trim();

function readLink(text: string): RequirementLine {
  if (/^file:/i.test(text)) return unreadable('it points to a file on another computer', 'Replace it by the package name and version, such as “numpy==2.1.0”.');
  return { kind: 'link', name: /[#&]egg=([A-Za-z0-9._-]+)/.exec(text)?.[1] ?? null, url: text };
}

function readPackage(text: string): RequirementLine {
  if (/^(<{7}|={7}|>{7})/.test(text)) return unreadable('it is the mark of an unfinished Git merge', 'Finish the merge: keep one side and remove the marks.');
  if (LINK.test(text)) return readLink(text);
  if (/^\.{0,2}\//.test(text) || text === '.' || text.startsWith('.[') || /\.(whl|tar\.gz|zip)$/.test(text)) return { kind: 'local', path: localPath(text), editable: false };
  const bare = text.replace(/\s--(hash|config-settings?|global-option)[=\s]\S+/g, '').trim();
  const [, name, , tail = ''] = PACKAGE.exec(bare) ?? [];
  if (name === undefined) return unreadable('it does not start with a package name', 'Write one package a line, such as “pandas>=2,<3”.');
  if (tail.startsWith('@')) {
    const url = tail.slice(1).trim();
    const link = readLink(url);
    return link.kind === 'unreadable' ? link : { kind: 'link', name: normalName(name), url };
  }
  const specifiers = tail.replace(/;.*$/, '').trim();
  if (!WORDS.test(specifiers) && SPECIFIERS.test(specifiers.replaceAll(' ', ''))) return { kind: 'package', name: normalName(name), versions: specifiers.replace(/[()\s]/g, ''), text: bare };
  return explainTail(name, specifiers);
}

function explainTail(name: string, tail: string): RequirementLine {
  const single = /^=\s*([A-Za-z0-9.]+)/.exec(tail);
  if (single) return unreadable('“=” does not compare versions', `Write “${name}==${single[1]}”. A list made by conda has to be made anew with “pip freeze”.`);
  if (/^[A-Za-z0-9]/.test(tail)) return unreadable('there is more than one word', `Write one package a line, and a version after “==”: “${name}==${/^\d/.test(tail) ? tail.split(/\s/)[0] : '1.0'}”.`);
  return unreadable('the version is not understood', `Write it like “${name}>=1.0,<2”.`);
}
