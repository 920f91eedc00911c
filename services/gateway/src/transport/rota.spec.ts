import { expect, it } from 'vitest';
import { ABSENT } from './roster.ts';
import { Rota, type OnRota } from './rota.ts';

interface Named extends OnRota {
  readonly name: string;
}

const filled = (names: string): [Rota<Named>, Named[]] => {
  const rota = new Rota<Named>(3);
  const items = names.split('').map((name) => ({ name, place: ABSENT, turn: 0 }));
  for (const item of items) rota.add(item);
  return [rota, items];
};
const names = (items: Iterable<Named>): string => [...items].map(({ name }) => name).toSorted().join('');

it('gives each its turn once a round, and as many at a time as at another', () => {
  const [rota] = filled('abcdefg');
  const rounds = [0, 1].map(() => [0, 1, 2].map(() => names(rota.next())));
  expect(rounds[0]!.map(({ length }) => length)).toEqual([3, 2, 2]);
  expect([rounds[0]!.join('').split('').toSorted().join(''), rounds[1]]).toEqual(['abcdefg', rounds[0]]);
});

it('lets go of any of them, also while it is walked', () => {
  const [rota, items] = filled('abcdefg');
  rota.delete(items[3]!);
  rota.delete(items[3]!);
  expect([names(rota), rota.size]).toEqual(['abcefg', 6]);
  const seen: Named[] = [];
  for (const item of rota) {
    seen.push(item);
    rota.delete(item);
  }
  expect([names(seen), rota.size]).toEqual(['abcefg', 0]);
});
