import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ContainerRuntime } from '../container-runtime.ts';
import type { InstanceSpec } from '../instance-spec.ts';
import type { ObservedInstance, RuntimeEvent, RuntimeLogLine } from '../observed-instance.ts';
import { RuntimeProblem } from '../runtime-problem.ts';

/** One engine to try, and how to make its instances do things. */
export interface RuntimeUnderTest {
  readonly runtime: ContainerRuntime;
  /** A spec whose app runs on until it is asked to end. */
  spec(given?: Partial<InstanceSpec>): Promise<InstanceSpec>;
  /** Makes the app of a running instance write this line. */
  write(spec: InstanceSpec, text: string): Promise<void>;
  /** Makes the app of a running instance exit with 3. */
  exit(spec: InstanceSpec): Promise<void>;
  close(): Promise<void>;
}

const WAIT_MS = 20_000;

/** What every {@link ContainerRuntime} promises. */
export function describeContainerRuntime(name: string, open: () => Promise<RuntimeUnderTest>): void {
  describe(`${name} as a container runtime`, { timeout: 60_000 }, () => {
    let engine: RuntimeUnderTest;
    let runtime: ContainerRuntime;
    beforeAll(async () => {
      engine = await open();
      runtime = engine.runtime;
    });
    afterAll(() => engine.close());

    const find = async (spec: InstanceSpec): Promise<ObservedInstance | undefined> => (await runtime.list()).find(({ id }) => id === spec.id);

    /** The first event of one instance that satisfies `wanted`, after doing `act`. */
    async function eventAfter(spec: InstanceSpec, wanted: RuntimeEvent['kind'], act: () => Promise<void>): Promise<void> {
      const signal = AbortSignal.timeout(WAIT_MS);
      const events = runtime.watch(signal)[Symbol.asyncIterator]();
      let next = events.next();
      await act();
      for (let event = await next; !event.done; event = await next) {
        if (event.value.id === spec.id && event.value.kind === wanted) return;
        next = events.next();
      }
      throw new Error(`no event ${wanted}`);
    }

    it('starts an instance once, however often it is asked', async () => {
      const spec = await engine.spec();
      await Promise.all([runtime.start(spec), runtime.start(spec)]);
      const first = await find(spec);
      await runtime.start(spec);
      expect(await find(spec)).toEqual(first);
      expect(first).toMatchObject({ state: 'running', attempt: 1, app: spec.app, release: spec.release, deployment: spec.deployment, workspace: spec.workspace, exit: null });
      expect(first?.address).toMatch(/^\d+\.\d+\.\d+\.\d+:8501$/);
      await runtime.remove(spec.id);
    });

    it('replaces an older attempt, and lets none older replace it', async () => {
      const spec = await engine.spec();
      await runtime.start(spec);
      await runtime.start({ ...spec, attempt: 2 });
      await runtime.start(spec);
      expect(await find(spec)).toMatchObject({ attempt: 2, state: 'running' });
      await runtime.remove(spec.id);
    });

    it('keeps a stopped instance visible until it is removed', async () => {
      const spec = await engine.spec();
      await runtime.start(spec);
      await runtime.stop(spec.id, 5000);
      expect(await find(spec)).toMatchObject({ state: 'ended', address: null, exit: { oom: false } });
      await runtime.start(spec);
      expect(await find(spec)).toMatchObject({ state: 'ended' });
      await runtime.remove(spec.id);
      expect(await find(spec)).toBeUndefined();
    });

    it('freezes an instance where it is, and lets it go on from there', async () => {
      const spec = await engine.spec();
      await runtime.start(spec);
      const running = await find(spec);
      for (const _ of ['once', 'again']) await runtime.freeze(spec.id);
      expect(await find(spec)).toEqual({ ...running, state: 'frozen' });
      await runtime.start(spec);
      expect(await find(spec)).toMatchObject({ state: 'frozen' });
      for (const _ of ['once', 'again']) await runtime.thaw(spec.id);
      expect(await find(spec)).toEqual(running);
      await runtime.remove(spec.id);
    });

    it('keeps reading the log of an instance while it is frozen', async () => {
      const spec = await engine.spec();
      await runtime.start(spec);
      const lines = runtime.logs(spec.id, null, AbortSignal.timeout(WAIT_MS))[Symbol.asyncIterator]();
      await engine.write(spec, 'before');
      await runtime.freeze(spec.id);
      await runtime.thaw(spec.id);
      await engine.write(spec, 'after');
      const texts: string[] = [];
      while (!texts.includes('after')) texts.push((await lines.next()).value?.text);
      expect(texts).toContain('before');
      await runtime.remove(spec.id);
    });

    it('asks a frozen instance to end as it asks a running one', async () => {
      const spec = await engine.spec();
      await runtime.start(spec);
      await engine.write(spec, 'it listens');
      await runtime.freeze(spec.id);
      await runtime.stop(spec.id, 10_000);
      expect(await find(spec)).toMatchObject({ state: 'ended', address: null, exit: { signal: 'SIGTERM', oom: false } });
      await runtime.remove(spec.id);
    });

    it('removes a frozen instance, and replaces it by a newer attempt', async () => {
      const spec = await engine.spec();
      await runtime.start(spec);
      await runtime.freeze(spec.id);
      await runtime.start({ ...spec, attempt: 2 });
      expect(await find(spec)).toMatchObject({ attempt: 2, state: 'running' });
      await runtime.freeze(spec.id);
      await runtime.remove(spec.id);
      expect(await find(spec)).toBeUndefined();
    });

    it('leaves what has ended as it is when it is to be frozen or thawed', async () => {
      const spec = await engine.spec();
      await runtime.start(spec);
      await runtime.stop(spec.id, 5000);
      await runtime.freeze(spec.id);
      await runtime.thaw(spec.id);
      expect(await find(spec)).toMatchObject({ state: 'ended' });
      await runtime.remove(spec.id);
    });

    it('takes freezing, thawing, stopping, settling and removing what is gone as done', async () => {
      const spec = await engine.spec();
      await runtime.freeze(spec.id);
      await runtime.thaw(spec.id);
      await runtime.stop(spec.id, 10);
      await runtime.settle(spec);
      await runtime.remove(spec.id);
      expect(await runtime.lastLines(spec.id, 5)).toEqual([]);
    });

    it('tells when an instance ends, and how it ended', async () => {
      const spec = await engine.spec();
      await eventAfter(spec, 'started', () => runtime.start(spec));
      await eventAfter(spec, 'ended', () => engine.exit(spec));
      expect((await find(spec))?.exit).toEqual({ code: 3, signal: null, oom: false });
      await runtime.remove(spec.id);
    });

    it('reads what an app writes as it is written, and again from a given time', async () => {
      const spec = await engine.spec();
      await runtime.start(spec);
      const follow = (since: Date | null) => runtime.logs(spec.id, since, AbortSignal.timeout(WAIT_MS))[Symbol.asyncIterator]();
      const read = async (lines: AsyncIterator<RuntimeLogLine>, text: string) => {
        for (let line = await lines.next(); !line.done; line = await lines.next()) if (line.value.text === text) return line.value;
        throw new Error(`the log ended without ${text}`);
      };
      const lines = follow(null);
      await engine.write(spec, 'one');
      await read(lines, 'one');
      await engine.write(spec, 'two');
      const two = await read(lines, 'two');
      expect(await runtime.lastLines(spec.id, 1)).toEqual(['two']);
      expect(await read(follow(two.at), 'two')).toEqual(two);
      await runtime.remove(spec.id);
      expect((await lines.next()).done).toBe(true);
    });

    it('says that an image is missing', async () => {
      const spec = await engine.spec({ image: `sha256:${'0'.repeat(64)}` });
      const { image } = await engine.spec();
      expect(await runtime.missingImages([image, spec.image])).toEqual([spec.image]);
      await expect(runtime.start(spec)).rejects.toMatchObject({ kind: 'image-missing' });
      await expect(runtime.start(spec)).rejects.toBeInstanceOf(RuntimeProblem);
    });

    it('removes the network of an app that is gone, and of no other', async () => {
      const [gone, kept] = [await engine.spec(), await engine.spec()];
      await runtime.sweep({ apps: [], images: [] });
      await runtime.start(gone);
      await runtime.start(kept);
      expect((await runtime.sweep({ apps: [kept.app], images: [] })).networks).toEqual([]);
      await runtime.remove(gone.id);
      expect((await runtime.sweep({ apps: [kept.app], images: [] })).networks).toHaveLength(1);
      expect((await runtime.sweep({ apps: [kept.app], images: [] })).networks).toEqual([]);
      await runtime.remove(kept.id);
      await runtime.sweep({ apps: [], images: [] });
    });
  });
}
