import { compareVersions } from '@weir/domain';

/**
 * Whether some patch release of a Python such as `3.11` satisfies a `requires-python` (PEP 440) such as `>=3.10,<3.13`.
 * Poetry's `^` and `~` are understood too; a part that is not understood forbids nothing.
 */
export function pythonSatisfies(python: string, requires: string): boolean {
  return requires.split(',').every((part) => {
    const [, operator = '', version = '', wildcard] = /^\s*(~=|==|!=|<=|>=|<|>|\^|~|===)?\s*v?(\d+(?:\.\d+)*)(\.\*)?/.exec(part) ?? [];
    return version === '' || allows(python, operator, version, wildcard !== undefined);
  });
}

function allows(python: string, operator: string, version: string, wildcard: boolean): boolean {
  const parts = version.split('.');
  const minor = parts.slice(0, 2).join('.');
  const order = compareVersions(python, minor); // patch releases of one minor count as equal here
  switch (operator) {
    case '>=':
      return order >= 0;
    case '>':
      return parts.length > 2 ? order >= 0 : order > 0;
    case '<=':
      return order <= 0;
    case '<':
      return parts.length > 2 && parts[2] !== '0' ? order <= 0 : order < 0;
    case '!=':
      return order !== 0 || (!wildcard && parts.length > 2);
    case '^':
      return order >= 0 && python.split('.')[0] === parts[0];
    case '~=':
      return order >= 0 && (parts.length > 2 ? order === 0 : python.split('.')[0] === parts[0]);
    case '~':
      return parts.length === 1 ? python.split('.')[0] === parts[0] : order === 0;
    default:
      return parts.length === 1 ? python.split('.')[0] === parts[0] : order === 0;
  }
}
