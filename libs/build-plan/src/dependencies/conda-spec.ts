/** One line of an `environment.yml`: `conda-forge::numpy>=1.2`, `numpy=1.21=py39_0`, `numpy 1.2.*`. */
export interface CondaSpec {
  readonly name: string;
  /** PEP 440; empty where any will do. */
  readonly versions: string;
}

/** Reads a line, or `undefined` where it is none. */
export function readCondaSpec(line: string): CondaSpec | undefined {
  const text = line.trim().replace(/\s+/g, ' ').replace(/^[\w./-]+(?:\/[\w-]+)?::/, '').replace(/ ?#.*$/, ''); // long runs of blanks would take quadratic time
  const bracket = /^([\w.-]+)\[.*?version=["']?([^"'\]]+)/.exec(text);
  if (bracket) return { name: bracket[1]!, versions: condaVersions(bracket[2]!) };
  const [, name, rest = ''] = /^([A-Za-z0-9_][\w.-]*?)(?:\[.*\])?(?:\s*((?:[=<>!~\s]|$).*))?$/.exec(text) ?? [];
  return name === undefined ? undefined : { name, versions: condaVersions(rest) };
}

/** conda's `1.2`, `=1.2` and `1.2.*` are any 1.2; a build behind a second `=` is of no meaning elsewhere. Of alternatives the last counts. */
function condaVersions(written: string): string {
  const last = written.split('|').at(-1)?.trim() ?? '';
  return last.split(',').map((part) => part.trim()).filter((part) => part !== '' && part !== '*').map(pep440).filter((part) => part !== '').join(',');
}

function pep440(part: string): string {
  const [, operator = '', version = '', build] = /^(==|=|~=|!=|<=|>=|<|>)?\s*([^\s=]+)(?:(?:\s*=\s*|\s+)(\S+))?$/.exec(part) ?? [];
  if (version === '' || version === '*') return '';
  if (operator === '==' || (operator !== '' && operator !== '=')) return `${operator}${version}`;
  if (version.endsWith('*')) return `==${version.replace(/\.?\*$/, '')}.*`;
  return build === undefined ? `==${version}.*` : `==${version}`;
}
