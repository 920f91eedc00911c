import { afterEach, describe, expect, it } from 'vitest';
import type { Change, ChangeBus } from './change-bus.ts';

/** What every change bus promises. `open` gives a further replica of the same bus on each call. */
export function describeChangeBus(name: string, open: () => Promise<ChangeBus>): void {
  describe(`${name} as a change bus`, () => {
    const opened: ChangeBus[] = [];
    const replica = async () => {
      const bus = await open();
      opened.push(bus);
      return bus;
    };
    const next = (bus: ChangeBus, kind: Change['kind']) =>
      new Promise<Change>((resolve) => {
        const leave = bus.subscribe((change) => {
          if (change.kind !== kind) return;
          leave();
          resolve(change);
        });
      });
    afterEach(async () => {
      for (const bus of opened.splice(0)) await bus.close();
    });

    it('tells every listener what was published', async () => {
      const bus = await replica();
      const both = Promise.all([next(bus, 'app'), next(bus, 'app')]);
      await bus.publish({ kind: 'app', id: 'app_1' });
      expect(await both).toEqual([{ kind: 'app', id: 'app_1' }, { kind: 'app', id: 'app_1' }]);
    });

    it('carries a change without an id', async () => {
      const bus = await replica();
      const routes = next(bus, 'routes');
      await bus.publish({ kind: 'routes', id: '' });
      expect(await routes).toEqual({ kind: 'routes', id: '' });
    });

    it('tells nobody who left', async () => {
      const bus = await replica();
      const heard: Change[] = [];
      bus.subscribe((change) => void heard.push(change))();
      const log = next(bus, 'log');
      await bus.publish({ kind: 'log', id: 'dep_1' });
      await log;
      expect(heard).toEqual([]);
    });

    it('lets one listener leave while the others are told', async () => {
      const bus = await replica();
      const first = next(bus, 'deployment');
      const second = next(bus, 'deployment');
      await bus.publish({ kind: 'deployment', id: 'dep_2' });
      expect([(await first).id, (await second).id]).toEqual(['dep_2', 'dep_2']);
    });
  });
}

/** For adapters that reach other processes. */
export function describeSharedChangeBus(name: string, open: () => Promise<ChangeBus>): void {
  describeChangeBus(name, open);
  it(`${name} carries changes from one replica to another`, async () => {
    const [here, there] = [await open(), await open()];
    const heard = new Promise<Change>((resolve) => void there.subscribe(resolve));
    await here.publish({ kind: 'app', id: 'app_9' });
    expect(await heard).toEqual({ kind: 'app', id: 'app_9' });
    await Promise.all([here.close(), there.close()]);
  });
}
