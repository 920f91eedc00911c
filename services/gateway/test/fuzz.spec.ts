import { expect, it } from 'vitest';
import { fuzz } from './fuzz.ts';

it('reads no head otherwise than llhttp does, and sends none that llhttp would read otherwise', async () => {
  const { heads, accepted, disagreements } = await fuzz(20_261_125, 2_000);
  expect(disagreements).toEqual([]);
  expect(accepted / heads).toBeGreaterThan(0.05); // else it would compare nothing
});
