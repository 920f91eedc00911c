/** Edits (insert, delete, replace, swap neighbours) between two words. */
export function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(row[j - 1]! + 1, last[j]! + 1, last[j - 1]! + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, before[j - 2]! + 1);
      row.push(best);
    }
    [before, last] = [last, row];
  }
  return last[b.length]!;
}

/** The names that look most like `name`, best first; only those that are plausibly meant. A path also matches by its last part. */
export function nearestNames(name: string, names: readonly string[], count: number): string[] {
  const lastPart = (path: string) => path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  return names
    .slice(0, 2000)
    .map((other) => ({ other, distance: Math.min(editDistance(name.toLowerCase(), other.toLowerCase()), editDistance(lastPart(name), lastPart(other)) + (name.includes('/') || other.includes('/') ? 0.5 : 0)) }))
    .filter(({ distance }) => distance <= Math.max(1, Math.floor(lastPart(name).length / 4)))
    .sort((a, b) => a.distance - b.distance || a.other.length - b.other.length)
    .slice(0, count)
    .map(({ other }) => other);
}
