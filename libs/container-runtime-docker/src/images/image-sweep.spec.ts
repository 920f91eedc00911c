import { describe, expect, it } from 'vitest';
import { isGarbage } from './image-sweep.ts';

const MINUTE = 60_000;
const app = 'app_1' as const;
const image = (kind: string, ageMinutes: number, labels: Record<string, string> = {}) => ({ Id: 'sha256:a', RepoTags: ['weir:a'], Created: -ageMinutes * 60, Labels: { 'weir.kind': kind, ...labels } });
const facts = { keep: { apps: [app], images: [] as string[] }, nowMs: 0, quietMs: 0 };

describe('an image', () => {
  it('stays while it is referenced, by id or by name', () => {
    for (const name of ['sha256:a', 'weir:a']) expect(isGarbage(image('image', 99), { ...facts, keep: { apps: [], images: [name] } })).toBe(false);
  });

  it('goes at once with its app', () => {
    expect(isGarbage(image('image', 0, { 'weir.app': 'app_2' }), facts)).toBe(true);
    expect(isGarbage(image('image', 0, { 'weir.app': app }), facts)).toBe(false);
  });

  it.each(['image', 'environment'])('(%s) may be on its way into a release for ten minutes while builds are at work, and goes soon after the last one', (kind) => {
    const made = (ageMinutes: number) => image(kind, ageMinutes, kind === 'image' ? { 'weir.app': app } : {});
    expect(isGarbage(made(9), facts)).toBe(false);
    expect(isGarbage(made(11), facts)).toBe(true);
    expect(isGarbage(made(5), { ...facts, quietMs: MINUTE })).toBe(true);
    expect(isGarbage(made(0), { ...facts, quietMs: MINUTE })).toBe(false);
  });

  it('goes at once when it was given up, though its instance was not seen to end yet', () => {
    const keep = { apps: [app], images: ['sha256:a'], discarded: ['sha256:a'] };
    expect(isGarbage(image('image', 0, { 'weir.app': app }), { ...facts, keep })).toBe(true);
    expect(isGarbage({ ...image('image', 0, { 'weir.app': app }), Id: 'sha256:b' }, { ...facts, keep })).toBe(false);
  });
});
