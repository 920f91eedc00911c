import { compareVersions } from '@weir/domain';

interface Bound {
  readonly version: string;
  readonly inclusive: boolean;
}

/**
 * Whether no version meets both requirements of one package, such as `numpy<1.20` and `numpy>=1.23.2`.
 * What is not understood forbids nothing, so `true` is certain.
 */
export function excludeEachOther(a: string, b: string): boolean {
  const bounds = [a, b].flatMap((requirement) => requirement.replace(/^[\w.-]*(?:\[[^\]]*\])?/, '').split(',').flatMap(boundsOf));
  const low = bounds.flatMap(({ low: bound }) => (bound ? [bound] : [])).reduce<Bound | undefined>((most, bound) => (most && beyond(most, bound, 1) ? most : bound), undefined);
  const high = bounds.flatMap(({ high: bound }) => (bound ? [bound] : [])).reduce<Bound | undefined>((least, bound) => (least && beyond(least, bound, -1) ? least : bound), undefined);
  if (!low || !high) return false;
  const order = compareVersions(low.version, high.version);
  return order > 0 || (order === 0 && !(low.inclusive && high.inclusive));
}

/** Whether `one` is the narrower bound, upwards (1) or downwards (-1). */
function beyond(one: Bound, other: Bound, direction: 1 | -1): boolean {
  const order = compareVersions(one.version, other.version) * direction;
  return order > 0 || (order === 0 && !one.inclusive);
}

function boundsOf(part: string): { low?: Bound; high?: Bound }[] {
  const [, operator, version = '', wildcard] = /^\s*(===?|~=|<=|>=|<|>)\s*v?(\d+(?:\.\d+)*)[\w+-]*(?:\.?[a-z]+\d*)?(\.\*)?\s*$/.exec(part) ?? [];
  const exact = { version, inclusive: true };
  switch (operator) {
    case '==':
    case '===':
      return [wildcard === undefined ? { low: exact, high: exact } : { low: exact, high: { version: raised(version.split('.')), inclusive: false } }];
    case '~=':
      return [{ low: exact, high: { version: raised(version.split('.').slice(0, -1)), inclusive: false } }];
    case '>=':
      return [{ low: exact }];
    case '>':
      return [{ low: { version, inclusive: false } }];
    case '<=':
      return [{ high: exact }];
    case '<':
      return [{ high: { version, inclusive: false } }];
    default:
      return [];
  }
}

/** The first version that is not of this series: after `1.4` comes `1.5`. */
const raised = (parts: readonly string[]): string => [...parts.slice(0, -1), String(Number(parts.at(-1)) + 1)].join('.');
