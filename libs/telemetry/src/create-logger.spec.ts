import { describe, expect, it } from 'vitest';
import { context, createLogger, REDACTED_FIELDS } from './index.ts';

function logging() {
  const lines: string[] = [];
  const log = createLogger({ process: 'worker', level: 'debug' }, { write: (line) => void lines.push(line) });
  return { log, lines, last: () => JSON.parse(lines.at(-1) ?? '{}') as Record<string, unknown> };
}

describe('a log line', () => {
  it('names its process, level and time, and keeps the message constant', () => {
    const { log, last } = logging();
    log.info({ deployment: 'dep_1' }, 'deployment.status');
    expect(last()).toMatchObject({ process: 'worker', level: 'info', deployment: 'dep_1', msg: 'deployment.status' });
    expect(Date.parse(String(last()['time']))).not.toBeNaN();
  });

  it('carries the context of the request it was written in, across awaits', async () => {
    const { log, last } = logging();
    await context.run({ requestId: 'req-1' }, async () => {
      await Promise.resolve();
      log.info('request.done');
    });
    expect(last()).toMatchObject({ requestId: 'req-1' });
    log.info('alone');
    expect(last()).not.toHaveProperty('requestId');
  });

  it.each(REDACTED_FIELDS)('never shows %s, at any of four depths', (field) => {
    const { log, lines } = logging();
    const inner = { [field]: 'canary' };
    log.info({ ...inner, a: { ...inner, b: { ...inner, c: inner } } }, 'x');
    expect(lines.join('')).not.toContain('canary');
    expect(lines.join('')).toContain('[redacted]');
  });

  it('keeps the time of a phase that is named like a secret', () => {
    const { log, last } = logging();
    log.info({ phases: { environment: 1200 } }, 'deployment.live');
    expect(last()).toMatchObject({ phases: { environment: 1200 } });
  });

  it('shows an error with its cause', () => {
    const { log, lines } = logging();
    log.error({ err: new Error('outer', { cause: new Error('inner') }) }, 'build.error');
    expect(lines.join('')).toMatch(/outer.*inner/s);
  });
});
