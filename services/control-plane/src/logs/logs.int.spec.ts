import type { LogPage, NewLogLine } from '@weir/contracts';
import { mintId } from '@weir/database';
import { describe, expect, it } from 'vitest';
import { openPlane } from '../testing/open-plane.ts';
import { LOG_BYTES } from './plan-append.ts';

const { plane, owner, worker } = await openPlane();

const line = (text: string): NewLogLine => ({ at: new Date().toISOString(), stream: 'stdout', text });
const queued = async () => {
  const app = await owner.app();
  return { app, id: (await owner.deploy(app.id)).id };
};
const texts = ({ lines }: LogPage) => lines.map(({ text }) => text);

describe('a log', () => {
  it('has each batch once and numbers its lines without gaps, whoever writes at once', async () => {
    const { id } = await queued();
    const send = (writer: string, batch: number) => worker.appendLog(id, { writer, batch, lines: [line(`${writer}${batch}a`), line(`${writer}${batch}b`)] });
    await Promise.all([send('x', 0), send('x', 0), send('y', 0), send('z', 0), send('y', 0)]);
    const page = await worker.readLog(id, {});
    expect(page.lines.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(texts(page).toSorted()).toEqual(['x0a', 'x0b', 'y0a', 'y0b', 'z0a', 'z0b']);
  });

  it('is of an app or a deployment that exists', async () => {
    await expect(worker.appendLog(mintId('deployment'), { writer: 'w', batch: 0, lines: [] })).rejects.toMatchObject({ problem: { status: 404 } });
    await expect(worker.appendLog('nonsense', { writer: 'w', batch: 0, lines: [] })).rejects.toMatchObject({ problem: { status: 404 } });
  });

  it('of an app that wrote too much loses its oldest lines and says so', async () => {
    const { app } = await queued();
    for (let batch = 0; batch < 4; batch++) await worker.appendLog(app.id, { writer: 'w', batch, lines: Array.from({ length: 10 }, (_, i) => line(`${batch}.${i}`.padEnd(1000, '.'))) });
    await plane.db.logHead.update({ where: { subject: app.id }, data: { bytes: LOG_BYTES } });
    // As if each kilobyte so far had been half a megabyte.
    await plane.db.$executeRaw`UPDATE "log_line" SET "text" = rpad("text", 500000, '.') WHERE "subject" = ${app.id}`;
    await worker.appendLog(app.id, { writer: 'w', batch: 9, lines: [line('last')] });
    const rows = await plane.db.logLine.findMany({ where: { subject: app.id }, orderBy: { seq: 'asc' }, select: { seq: true, stream: true, text: true } });
    expect(rows[0]).toMatchObject({ seq: 10, stream: 'system', text: expect.stringContaining('left out') });
    expect(rows.at(-1)).toMatchObject({ seq: 41, text: 'last' });
    expect(Number((await plane.db.logHead.findUniqueOrThrow({ where: { subject: app.id } })).bytes)).toBeLessThan(0.76 * LOG_BYTES);
  });
});

describe('reading a log', () => {
  it('wakes when a line is written, and ends when its build has', async () => {
    const { app, id } = await queued();
    const attempt = await worker.claim(id);
    const waiting = owner.call<LogPage>('GET', `/apps/${app.id}/logs?kind=build&waitMs=20000`);
    const startedAt = performance.now();
    await worker.appendLog(id, { writer: 'w', batch: 0, lines: [line('fetching')] });
    expect((await waiting).body).toMatchObject({ lines: [{ seq: 1, text: 'fetching' }], ended: false });
    const end = worker.readLog(id, { after: 1, waitMs: 20_000 });
    await worker.reportBuild(id, { kind: 'failed', attempt, failure: { code: 'build.failed', phase: 'fetch', message: 'x', hint: null, excerpt: null }, finished: {} });
    expect(await end).toEqual({ lines: [], ended: true });
    expect(performance.now() - startedAt).toBeLessThan(1900); // woken twice, not found by second looks
  });

  it('refuses a role that may not, and another workspace as if there were no such thing', async () => {
    const { app, id } = await queued();
    const viewer = await plane.caller('viewer', owner.workspaceId);
    expect((await viewer.call('GET', `/apps/${app.id}/logs`)).status).toBe(403);
    const stranger = await plane.caller('owner');
    const theirs = await stranger.app();
    expect((await stranger.call('GET', `/apps/${app.id}/logs`)).status).toBe(404);
    expect((await stranger.call('GET', `/apps/${theirs.id}/logs?kind=build&deployment=${id}`)).status).toBe(404);
    expect((await owner.call<LogPage>('GET', `/apps/${(await owner.app()).id}/logs?kind=build`)).body).toEqual({ lines: [], ended: true });
  });
});
