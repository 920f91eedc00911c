/** What Poetry writes for versions (`^1.2`, `~1.2`, `1.*`, `>=1,<2 || ^3`), as PEP 440. Of alternatives the last, which is the newest. */
export function poetryVersions(written: string): string {
  const last = written.split(/\|\|?/).at(-1) ?? '';
  return last.replace(/\s+/g, ' ').trim().split(/ ?, ?| (?=[\^~=!<>])/).map((part) => pep440(part.trim())).filter((part) => part !== '').join(',');
}

function pep440(part: string): string {
  const [, operator = '', version = ''] = /^(\^|~(?!=))?\s*v?(\S*)$/.exec(part) ?? [];
  if (version === '' || version === '*') return part === '' || part === '*' ? '' : part.replace(/\s+/g, '');
  if (operator === '^') return `>=${version},<${caretEnd(version)}`;
  if (operator === '~') return `>=${version},<${version.includes('.') ? after(version, 2) : after(version, 1)}`;
  return /^\d/.test(version) ? `==${version}` : version;
}

/** Up to the next change of the first part that is not zero. */
function caretEnd(version: string): string {
  const parts = version.split('.').map((part) => Number.parseInt(part, 10) || 0);
  const first = parts.findIndex((part) => part > 0);
  return after(version, first < 0 ? parts.length : first + 1);
}

/** The first version whose leading `count` numbers are greater. */
function after(version: string, count: number): string {
  const parts = version.split('.').slice(0, count).map((part) => Number.parseInt(part, 10) || 0);
  return [...parts.slice(0, -1), (parts.at(-1) ?? 0) + 1].join('.');
}

/** A range of Python versions as an environment marker. */
export function pythonMarker(written: string): string {
  return poetryVersions(written).split(',').flatMap((part) => {
    const [, operator, version, wildcard] = /^(===?|~=|!=|<=|>=|<|>)\s*([\d.]*\d)(\.\*)?$/.exec(part) ?? [];
    if (operator === undefined || version === undefined) return [];
    if (wildcard !== undefined && version.split('.').length === 1) return [`python_full_version ${operator} "${version}.*"`];
    return [`${version.split('.').length > 2 ? 'python_full_version' : 'python_version'} ${operator} "${version}"`];
  }).join(' and ');
}
