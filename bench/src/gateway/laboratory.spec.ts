import { availableParallelism } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIGURES } from './figures.ts';
import { Laboratory } from './laboratory.ts';
import { freePort } from './machine.ts';

describe.skipIf(availableParallelism() < 2)('load client and backend', () => {
  let laboratory: Laboratory;
  beforeAll(async () => {
    laboratory = await Laboratory.open();
  });
  afterAll(() => laboratory.close());

  it.each(FIGURES.filter(({ work }) => work !== 'idle'))('every unit of $key is answered as it should be', async (figure) => {
    const { units, latencyMs } = await laboratory.measure({ ...figure, rate: 40, connections: 4 }, laboratory.direct, 0.1);
    expect(units).toBe(4);
    expect(latencyMs.p99).toBeGreaterThan(0);
  });

  it('a measurement of nobody fails, and says of whom', async () => {
    const [figure] = FIGURES;
    await expect(figure && laboratory.measure(figure, { name: 'nobody', port: await freePort(), process: undefined }, 0.1)).rejects.toThrow(/through nobody/);
  });
});
