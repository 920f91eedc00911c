/** The first value a header was sent with. */
export function valueOf(rawHeaders: readonly string[], name: string): string | undefined {
  for (let i = 0; i < rawHeaders.length; i += 2) if (isNamed(rawHeaders[i] ?? '', name)) return rawHeaders[i + 1];
  return undefined;
}

/** Every value a header was sent with, in order. */
export function valuesOf(rawHeaders: readonly string[], name: string): string[] {
  const values: string[] = [];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    if (isNamed(rawHeaders[i] ?? '', name)) values.push(rawHeaders[i + 1] ?? '');
  }
  return values;
}

/** All but those headers, of which `names` are in lower case. */
export const without = (rawHeaders: readonly string[], names: ReadonlySet<string>): string[] =>
  rawHeaders.filter((_, i) => !names.has((rawHeaders[i - (i % 2)] ?? '').toLowerCase()));

const isNamed = (each: string, name: string): boolean => each.length === name.length && each.toLowerCase() === name;
