import { describe, expect, it } from 'vitest';
import { decodeChange, encodeChange } from './change-bus.ts';
import { describeChangeBus } from './describe-change-bus.ts';
import { InProcessChangeBus } from './in-process-change-bus.ts';

describeChangeBus('InProcessChangeBus', async () => new InProcessChangeBus());

describe('a change on the wire', () => {
  it('comes back as it was sent', () => {
    for (const change of [{ kind: 'app', id: 'app_1' }, { kind: 'routes', id: '' }] as const) expect(decodeChange(encodeChange(change))).toEqual(change);
  });

  it('is ignored when this version does not know its kind', () => {
    expect(decodeChange('viewers app_1')).toBeUndefined();
  });
});
