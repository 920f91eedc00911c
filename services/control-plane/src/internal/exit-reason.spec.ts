import { describe, expect, it } from 'vitest';
import { exitReason, startFailure } from './exit-reason.ts';

const exit = { code: null, signal: null, oom: false, lastLines: ['Traceback', 'boom'] };
const limits = { memoryMib: 512 };

describe('why a release failed at its start', () => {
  it('tells memory, exit, health and time apart', () => {
    expect(startFailure({ status: 'crashed', exit: { ...exit, code: 137, oom: true } }, 'starting', limits).code).toBe('app.out_of_memory');
    expect(startFailure({ status: 'crashed', exit: { ...exit, code: 1 } }, 'starting', limits).code).toBe('app.exited');
    expect(startFailure({ status: 'crashed', exit: { ...exit, code: 0 } }, 'starting', limits)).toMatchObject({ code: 'app.exited', message: 'The app ended by itself (exit code 0) before it answered.' });
    expect(startFailure({ status: 'failed', exit: null }, 'unhealthy', limits).code).toBe('app.unhealthy');
    expect(startFailure({ status: 'failed', exit: null }, 'starting', limits).code).toBe('app.start_timeout');
    expect(startFailure({ status: 'failed', exit: { ...exit, code: 137, signal: 'SIGKILL' } }, 'starting', limits).code).toBe('app.start_timeout');
  });

  it('is what the worker found in the log, where it found something', () => {
    const failure = { code: 'app.missing_module', phase: 'start', message: 'app.py line 3: the module “cv2” is not installed.', hint: null, excerpt: 'boom' } as const;
    expect(startFailure({ status: 'crashed', exit: { ...exit, code: 1, failure } }, 'starting', limits)).toEqual(failure);
  });

  it("shows the app's last lines, at most 4,000 characters", () => {
    expect(startFailure({ status: 'crashed', exit: { ...exit, code: 1 } }, 'starting', limits).excerpt).toBe('Traceback\nboom');
    expect(startFailure({ status: 'crashed', exit: { ...exit, code: 1, lastLines: ['x'.repeat(9000)] } }, 'starting', limits).excerpt).toHaveLength(4000);
    expect(startFailure({ status: 'crashed', exit: { ...exit, code: 1, lastLines: [] } }, 'starting', limits).excerpt).toBeNull();
  });
});

describe('how an app ended', () => {
  it('is said with its limit, signal or code', () => {
    expect(exitReason({ ...exit, code: 137, oom: true }, limits)).toContain('512 MiB');
    expect(exitReason({ ...exit, code: 139, signal: 'SIGSEGV' }, limits)).toContain('SIGSEGV');
    expect(exitReason({ ...exit, code: 3 }, limits)).toContain('exit code 3');
  });
});
