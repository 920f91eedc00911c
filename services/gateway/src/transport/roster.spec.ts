import { expect, it } from 'vitest';
import { ABSENT, Roster, type Listed } from './roster.ts';

class Named implements Listed {
  place = ABSENT;

  constructor(readonly name: string) {}
}

const three = (): [Roster<Named>, Named, Named, Named] => {
  const [roster, a, b, c] = [new Roster<Named>(), new Named('a'), new Named('b'), new Named('c')];
  for (const each of [a, b, c]) roster.add(each);
  return [roster, a, b, c];
};
const names = (roster: Roster<Named>): string => [...roster].map(({ name }) => name).toSorted().join('');

it('knows who is there, once', () => {
  const [roster, a] = three();
  roster.add(a);
  expect([names(roster), roster.size]).toEqual(['abc', 3]);
});

it.each([[0, 'bc'], [1, 'ac'], [2, 'ab']])('lets go of any of them, once (%i)', (which, left) => {
  const [roster, ...all] = three();
  const gone = all[which]!;
  expect([roster.delete(gone), roster.delete(gone), names(roster)]).toEqual([true, false, left]);
  for (const each of all) roster.delete(each);
  expect(roster.size).toBe(0);
});

it('takes back who was there before', () => {
  const [roster, a] = three();
  roster.delete(a);
  roster.add(a);
  expect(names(roster)).toBe('abc');
});

it('may lose some while it is walked', () => {
  const [roster] = three();
  const seen: string[] = [];
  for (const each of roster) {
    seen.push(each.name);
    roster.delete(each);
  }
  expect([seen.toSorted().join(''), roster.size]).toEqual(['abc', 0]);
});
