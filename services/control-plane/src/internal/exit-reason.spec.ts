import { describe, expect, it } from 'vitest';
import { exitReason, startFailure } from './exit-reason.ts';

const exit = { code: null, signal: null, oom: false, lastLines: ['Traceback', 'boom'] };
const limits = { memoryMib: 512 };
const most = { memoryMib: 2048 };

describe('why a release failed at its start', () => {
  it('tells memory, exit, health and time apart', () => {
    expect(startFailure({ status: 'crashed', exit: { ...exit, code: 137, oom: true } }, 'starting', limits, most).code).toBe('app.out_of_memory');
    expect(startFailure({ status: 'crashed', exit: { ...exit, code: 1 } }, 'starting', limits, most).code).toBe('app.exited');
    expect(startFailure({ status: 'crashed', exit: { ...exit, code: 0 } }, 'starting', limits, most)).toMatchObject({ code: 'app.exited', message: 'The app ended by itself (exit code 0) before it answered.' });
    expect(startFailure({ status: 'failed', exit: null }, 'unhealthy', limits, most).code).toBe('app.unhealthy');
    expect(startFailure({ status: 'failed', exit: null }, 'starting', limits, most).code).toBe('app.start_timeout');
    expect(startFailure({ status: 'failed', exit: { ...exit, code: 137, signal: 'SIGKILL' } }, 'starting', limits, most).code).toBe('app.start_timeout');
  });

  it('is not the start of what had answered and was then silent', () => {
    const failure = { code: 'app.start_timeout', phase: 'healthy', message: 'It runs, but did not answer within 120 seconds.', hint: null, excerpt: null } as const;
    expect(startFailure({ status: 'crashed', exit: { ...exit, unansweredMs: 66_000 } }, 'healthy', limits, most).code).toBe('app.unhealthy');
    expect(startFailure({ status: 'failed', exit: { ...exit, unansweredMs: 15_000, failure } }, 'healthy', limits, most).code).toBe('app.unhealthy');
    expect(startFailure({ status: 'failed', exit: { ...exit, unansweredMs: 120_000, failure } }, 'starting', limits, most).code).toBe('app.start_timeout');
  });

  it('is what the worker found in the log, where it found something', () => {
    const failure = { code: 'app.missing_module', phase: 'start', message: 'app.py line 3: the module “cv2” is not installed.', hint: null, excerpt: 'boom' } as const;
    expect(startFailure({ status: 'crashed', exit: { ...exit, code: 1, failure } }, 'starting', limits, most)).toEqual(failure);
  });

  it('offers no more memory than the operator allows', () => {
    const failure = { code: 'app.out_of_memory', phase: 'start', message: 'too much', hint: null, excerpt: null, fix: { setting: 'memoryMib', value: 1024 } } as const;
    const offered = (memoryMib: number) => startFailure({ status: 'crashed', exit: { ...exit, oom: true, failure } }, 'starting', limits, { memoryMib }).fix;
    expect([offered(2048), offered(768), offered(512)]).toEqual([{ setting: 'memoryMib', value: 1024 }, { setting: 'memoryMib', value: 768 }, undefined]);
  });

  it("shows the app's last lines, at most 4,000 characters", () => {
    expect(startFailure({ status: 'crashed', exit: { ...exit, code: 1 } }, 'starting', limits, most).excerpt).toBe('Traceback\nboom');
    expect(startFailure({ status: 'crashed', exit: { ...exit, code: 1, lastLines: ['x'.repeat(9000)] } }, 'starting', limits, most).excerpt).toHaveLength(4000);
    expect(startFailure({ status: 'crashed', exit: { ...exit, code: 1, lastLines: [] } }, 'starting', limits, most).excerpt).toBeNull();
  });
});

describe('how an app ended', () => {
  it('is said with its limit, signal or code', () => {
    expect(exitReason({ ...exit, code: 137, oom: true }, limits, true)).toContain('512 MiB');
    expect(exitReason({ ...exit, code: 139, signal: 'SIGSEGV' }, limits, true)).toContain('SIGSEGV');
    expect(exitReason({ ...exit, code: 3 }, limits, true)).toContain('exit code 3');
  });

  it('tells one that stopped answering from one that never answered', () => {
    expect(exitReason({ ...exit, unansweredMs: 65_800 }, limits, true)).toBe('stopped answering its health checks, and was ended after 66 s without an answer');
    expect(exitReason({ ...exit, unansweredMs: 120_000 }, limits, false)).toBe('did not become healthy in time');
  });
});
