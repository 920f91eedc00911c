import { compareVersions } from '@weir/domain';

interface Part {
  readonly operator: string;
  readonly version: string;
  readonly wildcard: boolean;
}

/** The parts of a range (PEP 440, and Poetry's `^` and `~`); what is not understood is left out. */
const partsOf = (range: string): Part[] =>
  range.split(',').flatMap((part) => {
    const [, operator = '', version = '', wildcard] = /^(~=|===|==|!=|<=|>=|<|>|\^|~|=)?\s*v?(\d+(?:\.\d+)*)(\.\*)?/.exec(part.trim()) ?? [];
    return version === '' ? [] : [{ operator, version, wildcard: wildcard !== undefined }];
  });

/**
 * Whether some patch release of a Python such as `3.11` satisfies a range such as `>=3.10,<3.13`; of alternatives
 * (`<3 || >=3.9`), whether it satisfies one. A part that is not understood forbids nothing.
 */
export const pythonSatisfies = (python: string, range: string): boolean => range.split(/\|\|?/).some((alternative) => partsOf(alternative).every((part) => allows(python, part)));

function allows(python: string, { operator, version, wildcard }: Part): boolean {
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
    default:
      return parts.length === 1 ? python.split('.')[0] === parts[0] : order === 0;
  }
}

/** Whether a range, or each of its alternatives, allows only versions below `bound`. */
export const staysBelow = (range: string, bound: string): boolean => range.split(/\|\|?/).every((alternative) => partsOf(alternative).some((part) => compareVersions(endOf(part), bound) < 0 || (part.operator === '<' && compareVersions(part.version, bound) <= 0)));

/** The highest version that a part allows, as near as numbers say it. */
function endOf({ operator, version, wildcard }: Part): string {
  if (operator === '~=') return `${version.split('.').slice(0, -1).join('.')}.${Number.MAX_SAFE_INTEGER}`;
  if (operator.startsWith('==')) return wildcard ? `${version}.${Number.MAX_SAFE_INTEGER}` : version;
  return operator === '<=' ? version : String(Number.MAX_SAFE_INTEGER);
}
