import { expect, it } from 'vitest';
import { affordableConnections, ownLimits } from './affordable-connections.ts';

it.each([
  [20_000, 'Max open files            1048576              1048576              files', 20_000],
  [20_000, 'Max cpu time  unlimited\nMax open files            4096                 4096                 files\n', 1_792],
  [20_000, 'Max open files            100                  100                  files', 1],
  [20_000, 'Max open files            unlimited            unlimited            files', 20_000],
])('of %i connections %s leaves room for %i', (wanted, limits, affordable) => expect(affordableConnections(wanted, limits)).toBe(affordable));

it('reads the limits of this process', () => expect(ownLimits()).toMatch(/^Max open files\s+\d+/m));
