import { createLogger } from '@weir/telemetry';
import { beforeEach, describe, expect, it } from 'vitest';
import { imagesOf, InMemoryPythonSource } from './in-memory-python-source.ts';
import { Pythons } from './pythons.ts';

const never = new AbortController().signal;
const given = { '3.11': { base: 'base', builder: 'builder' } };

let source: InMemoryPythonSource;
let pythons: Pythons;
let said: string[];
const say = (step: string): void => void said.push(step);
const stateOf = async (version: string) => (await pythons.list()).find((one) => one.version === version);

beforeEach(async () => {
  source = new InMemoryPythonSource();
  source.origins.set('3.13', { from: 'Debian 13 (trixie)' });
  source.origins.set('3.14', { from: 'Debian forky' });
  pythons = new Pythons(source, { given, defaultPython: '3.11', logger: createLogger({ process: 'worker', level: 'silent' }) });
  said = [];
  await pythons.onApplicationBootstrap();
});

describe('the Pythons of a host', () => {
  it('that are offered are those it has and those it can make', async () => {
    expect((await pythons.offered()).sort()).toEqual(['3.11', '3.13', '3.14']);
  });

  it('say where they are from, which is the default, and why one cannot be had', async () => {
    expect(await stateOf('3.11')).toMatchObject({ state: 'ready', isDefault: true });
    expect(await stateOf('3.13')).toMatchObject({ state: 'on-first-need', from: 'Debian 13 (trixie)', reason: null });
    expect(await stateOf('3.12')).toMatchObject({ state: 'unavailable', reason: 'nobody has it' });
  });

  it('that an earlier process made are ready, and are not made again', async () => {
    source.made.set('3.13', imagesOf('3.13'));
    expect(await stateOf('3.13')).toMatchObject({ state: 'ready', sizeBytes: 1 });
    expect(await pythons.provide('3.13', say, never)).toMatchObject(imagesOf('3.13'));
    expect([source.begun, said]).toEqual([[], []]);
  });

  it('are given without a word where they were there from the start', async () => {
    expect(await pythons.provide('3.11', say, never)).toEqual(given['3.11']);
    expect(said).toEqual([]);
  });
});

describe('a Python that is needed for the first time', () => {
  it('is made once for all who need it, and each is told what is being done', async () => {
    const others: string[] = [];
    const both = [pythons.provide('3.13', say, never), pythons.provide('3.13', (step) => void others.push(step), never)];
    await expect.poll(() => source.begun).toEqual(['3.13']);
    source.say('3.13', 'unpacking');
    expect(await stateOf('3.13')).toMatchObject({ state: 'preparing', step: 'unpacking' });
    source.finish('3.13');
    expect(await Promise.all(both)).toEqual([imagesOf('3.13'), imagesOf('3.13')]);
    expect(source.begun).toEqual(['3.13']);
    expect(said).toEqual(['Preparing Python 3.13, once for this installation. This takes a minute or two.', 'Python 3.13: unpacking.']);
    expect(others).toEqual(said);
    expect(await stateOf('3.13')).toMatchObject({ state: 'ready', step: null });
  });

  it('waits while another is made', async () => {
    const [first, second] = [pythons.provide('3.13', say, never), pythons.provide('3.14', say, never)];
    await expect.poll(() => source.begun).toEqual(['3.13']);
    expect(await stateOf('3.14')).toMatchObject({ state: 'preparing', step: 'waiting for its turn' });
    source.finish('3.13');
    await first;
    await expect.poll(() => source.begun).toEqual(['3.13', '3.14']);
    source.finish('3.14');
    expect(await second).toEqual(imagesOf('3.14'));
  });

  it('is still made for others when one stops waiting', async () => {
    const cancel = new AbortController();
    const [cancelled, other] = [pythons.provide('3.13', say, cancel.signal), pythons.provide('3.13', say, never)];
    await expect.poll(() => source.begun).toEqual(['3.13']);
    cancel.abort(new Error('cancelled'));
    await expect(cancelled).rejects.toThrow('cancelled');
    source.finish('3.13');
    expect(await other).toEqual(imagesOf('3.13'));
  });

  it('that could not be made says why, is still offered, and is tried anew', async () => {
    const failing = pythons.provide('3.13', say, never);
    await expect.poll(() => source.begun).toEqual(['3.13']);
    source.fail('3.13', 'the mirror went away');
    await expect(failing).rejects.toThrow('the mirror went away');
    expect(await stateOf('3.13')).toMatchObject({ state: 'on-first-need', reason: 'the mirror went away' });
    const again = pythons.provide('3.13', say, never);
    await expect.poll(() => source.begun).toEqual(['3.13', '3.13']);
    source.finish('3.13');
    expect(await again).toEqual(imagesOf('3.13'));
    expect(await stateOf('3.13')).toMatchObject({ state: 'ready', reason: null });
  });
});

describe('preparing a Python ahead of its need', () => {
  it('begins and does not wait; what is there is left as it is', async () => {
    expect(await pythons.prepare('3.13')).toMatchObject({ version: '3.13', state: 'preparing' });
    expect(await pythons.prepare('3.11')).toMatchObject({ version: '3.11', state: 'ready' });
    await expect.poll(() => source.begun).toEqual(['3.13']);
  });

  it('is refused for one that cannot be had', async () => {
    expect([await pythons.prepare('3.12'), await pythons.prepare('2.7')]).toEqual([undefined, undefined]);
  });
});
