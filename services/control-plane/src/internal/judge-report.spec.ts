import { DEPLOYMENT_STATUSES } from '@weir/domain';
import { describe, expect, it } from 'vitest';
import { judgeReport } from './judge-report.ts';

describe("a worker's report", () => {
  it('is applied only while its own attempt builds', () => {
    expect(judgeReport({ status: 'building', attempt: 2 }, { kind: 'phase', attempt: 2 })).toBe('apply');
    for (const attempt of [1, 3]) expect(judgeReport({ status: 'building', attempt: 2 }, { kind: 'built', attempt })).toBe('void');
  });

  it('may be repeated after it was applied', () => {
    expect(judgeReport({ status: 'starting', attempt: 1 }, { kind: 'built', attempt: 1 })).toBe('repeat');
    expect(judgeReport({ status: 'live', attempt: 1 }, { kind: 'built', attempt: 1 })).toBe('repeat');
    expect(judgeReport({ status: 'failed', attempt: 1 }, { kind: 'failed', attempt: 1 })).toBe('repeat');
  });

  it('stops the worker once the deployment ended otherwise', () => {
    for (const status of DEPLOYMENT_STATUSES.filter((each) => each === 'cancelled' || each === 'superseded')) {
      for (const kind of ['phase', 'built', 'failed'] as const) expect(judgeReport({ status, attempt: 1 }, { kind, attempt: 1 })).toBe('void');
    }
  });
});
