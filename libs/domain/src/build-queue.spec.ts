import { describe, expect, it } from 'vitest';
import { type BuildQueue, nextBuild, placesInLine, type WaitingBuild } from './build-queue.ts';
import type { DeploymentId, WorkspaceId } from './ids.ts';
import { inLine } from './in-line.ts';

const workspace = (name: string): WorkspaceId => `wsp_${name}`;
/** `a1` is a build of workspace `a`. */
const build = (name: string): WaitingBuild => ({ deployment: `dep_${name}`, workspace: workspace(name.charAt(0)) });
const queue = (waiting: string, running = '', some: Partial<BuildQueue> = {}): BuildQueue => ({
  waiting: words(waiting).map(build), running: words(running).map((name) => workspace(name.charAt(0))), turns: new Map(), mostPerWorkspace: Infinity, ...some,
});
const words = (text: string): string[] => text.split(' ').filter((word) => word !== '');
const turn = (given: BuildQueue): string | undefined => nextBuild(given)?.deployment.slice('dep_'.length);
const line = (given: BuildQueue): string[] => [...placesInLine(given)].toSorted(([, one], [, other]) => one - other).map(([id]) => id.slice('dep_'.length));
const inOrder = (...names: string[]): ReadonlyMap<WorkspaceId, number> => new Map(names.map((name, i) => [workspace(name), i + 1]));

describe('whose turn it is', () => {
  it.each([
    ['the only one that waits', queue('a1'), 'a1'],
    ['the oldest of one workspace', queue('a1 a2 a3'), 'a1'],
    ['another’s first, before the third of one that has both places', queue('a3 a4 a5 b1', 'a a'), 'b1'],
    ['the workspace with fewer under way, though it had the last turn', queue('a2 b2', 'a', { turns: inOrder('a', 'b') }), 'b2'],
    ['the one whose turn was longest ago, among equals', queue('a2 b2 c2', 'a b c', { turns: inOrder('b', 'a', 'c') }), 'b2'],
    ['one that never had a turn, among equals', queue('a2 b1', '', { turns: inOrder('a') }), 'b1'],
    ['the oldest, where nobody had a turn yet', queue('b1 a1'), 'b1'],
    ['one workspace’s further build, where nobody else waits', queue('a3', 'a a'), 'a3'],
    ['nobody’s, where none waits', queue('', 'a b'), undefined],
    ['nobody’s, while the only one that waits has its most', queue('a3', 'a a', { mostPerWorkspace: 2 }), undefined],
    ['one that has not its most', queue('a3 b1', 'a a b c c c', { mostPerWorkspace: 2 }), 'b1'],
  ])('is %s', (_, given, expected) => expect(turn(given)).toBe(expected));
});

describe('the place in line', () => {
  it('is that of the order in which builds begin', () => {
    expect(line(queue('a3 a4 a5 b1 b2 c1', 'a a', { turns: inOrder('a') }))).toEqual(['b1', 'c1', 'a3', 'b2', 'a4', 'a5']);
  });

  it('counts from one, and knows only those that wait', () => {
    expect(placesInLine(queue('a2', 'a'))).toEqual(new Map([['dep_a2', 1]]));
    expect(placesInLine(queue('', 'a'))).toEqual(new Map());
  });

  it('is given to each, also where a workspace has its most or nothing is under way', () => {
    expect(line(queue('a3 a4 b1', 'a a', { mostPerWorkspace: 1 }))).toHaveLength(3);
    expect(line(queue('a1 a2 b1'))).toEqual(['a1', 'b1', 'a2']);
    expect(line(queue('a1', '', { mostPerWorkspace: 0 }))).toEqual([]);
  });
});

describe('a line of thousands', () => {
  const waiting = Array.from({ length: 5000 }, (_, i): WaitingBuild => ({ deployment: `dep_${i}`, workspace: `wsp_${i % 50}` }));

  it('is looked through at once: each page that shows a build that waits asks for it', () => {
    const started = performance.now();
    const places = placesInLine(queue('', '', { waiting, running: ['wsp_0', 'wsp_1'] }));
    expect(performance.now() - started).toBeLessThan(500);
    expect(places.get('dep_0')).toBe(1);
    expect(new Set(places.values()).size).toBe(5000);
  });
});

describe('a place in words', () => {
  it.each([[1, 'next'], [2, '2nd'], [3, '3rd'], [4, '4th'], [11, '11th'], [12, '12th'], [21, '21st'], [101, '101st'], [113, '113th']])('%i is %s in line', (place, words) => expect(inLine(place)).toBe(`${words} in line`));
});

/** A small generator, so that what fails once fails again. */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ; ) yield (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648);
}

interface Model { turn: number; count: number; waiting: WaitingBuild[]; running: WorkspaceId[]; turns: Map<WorkspaceId, number> }

/** Lets builds come, begin in one of `slots` places and end in any order, and tells of each that begins. */
function play(seed: number, slots: number, began: (next: WaitingBuild, before: Model) => void): Model {
  const random = numbers(seed);
  const pick = (below: number): number => Math.floor(random.next().value / 65_536) % below;
  const model: Model = { turn: 0, count: 0, waiting: [], running: [], turns: new Map() };
  for (let step = 0; step < 300; step++) {
    if (pick(3) > 0) model.waiting.push({ deployment: `dep_${++model.count}` as DeploymentId, workspace: workspace('abcd'.charAt(Math.min(pick(4), pick(4)))) });
    if (model.running.length > 0 && pick(3) === 0) model.running.splice(pick(model.running.length), 1);
    while (model.running.length < slots) {
      const next = nextBuild({ ...model, mostPerWorkspace: Infinity });
      if (!next) break;
      began(next, model);
      model.waiting = model.waiting.filter((each) => each !== next);
      model.running.push(next.workspace);
      model.turns.set(next.workspace, ++model.turn);
    }
  }
  return model;
}

describe.each([1, 2, 3, 5])('with %i places, whatever comes and ends', (slots) => {
  const games = Array.from({ length: 40 }, (_, i) => i + 1);

  it('a workspace of which nothing is built waits for at most one build of each other', () => {
    const broken: string[] = [];
    for (const seed of games) {
      const passed = new Map<WorkspaceId, WorkspaceId[]>(); // of each that waits with nothing under way: whose builds began meanwhile
      play(seed, slots, (next, { waiting, running }) => {
        passed.delete(next.workspace);
        for (const each of new Set(waiting.map((one) => one.workspace))) {
          if (each === next.workspace || running.includes(each)) continue;
          const began = passed.get(each) ?? [];
          if (began.includes(next.workspace)) broken.push(`game ${seed}: ${each} waited while ${began} and ${next.workspace} began`);
          passed.set(each, [...began, next.workspace]);
        }
      });
    }
    expect(broken).toEqual([]);
  });

  it('none gets a further place while one that waits has fewer', () => {
    const broken: string[] = [];
    for (const seed of games) {
      play(seed, slots, (next, { waiting, running }) => {
        const count = (of: WorkspaceId): number => running.filter((each) => each === of).length;
        if (waiting.some((each) => count(each.workspace) < count(next.workspace))) broken.push(`game ${seed}: ${next.deployment}`);
      });
    }
    expect(broken).toEqual([]);
  });

  it('a place in line comes true where builds end in the order in which they began', () => {
    for (const seed of games) {
      const { waiting, running, turns } = play(seed, slots, () => undefined);
      if (running.length < slots) continue;
      const left = { waiting, running: [...running], turns: new Map(turns), mostPerWorkspace: Infinity };
      const began: string[] = [];
      for (let turn = Math.max(0, ...turns.values()) + 1; left.waiting.length > 0; turn++) {
        left.running.shift();
        const next = nextBuild(left);
        if (!next) throw new Error('one waits, and nobody begins');
        began.push(next.deployment);
        left.waiting = left.waiting.filter((each) => each !== next);
        left.running.push(next.workspace);
        left.turns.set(next.workspace, turn);
      }
      const places = [...placesInLine({ waiting, running, turns, mostPerWorkspace: Infinity })];
      expect(places.toSorted(([, one], [, other]) => one - other).map(([id]) => id)).toEqual(began);
    }
  });

  it('no place stays free while one waits, and of a workspace the oldest begins', () => {
    const broken: string[] = [];
    for (const seed of games) {
      const last = play(seed, slots, (next, { waiting }) => {
        if (waiting.find((each) => each.workspace === next.workspace) !== next) broken.push(`game ${seed}: ${next.deployment}`);
      });
      if (last.waiting.length > 0 && last.running.length < slots) broken.push(`game ${seed}: a place is free`);
    }
    expect(broken).toEqual([]);
  });
});
