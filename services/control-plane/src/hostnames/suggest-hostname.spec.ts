import { hostnameProblem } from '@weir/domain';
import { describe, expect, it } from 'vitest';
import { hostnamesNear } from './suggest-hostname.ts';

describe('suggested hostnames', () => {
  it('are valid, whatever was wanted', () => {
    for (const wanted of ['', '-', 'x'.repeat(300), `${'x'.repeat(58)}-y-z`, 'console', '$(x)', '../..', 'Größe']) {
      const near = hostnamesNear(wanted);
      expect(near.length, wanted).toBeGreaterThan(10);
      expect(near.filter((name) => hostnameProblem(name) !== undefined), wanted).toEqual([]);
    }
  });
});
