import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLogger } from '@weir/telemetry';
import { affinityKey, SnapshotFile } from './snapshot-file.ts';

const aPath = (): string => join(mkdtempSync(join(tmpdir(), 'weir-snapshot-')), 'routes.json');
const logging = () => {
  const lines: Record<string, unknown>[] = [];
  return { lines, log: createLogger({ process: 'gateway' }, { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) }) };
};

const instance = { id: `ins_${'0'.repeat(26)}`, release: `rel_${'0'.repeat(26)}`, attempt: 1, address: '127.0.0.1:8501', state: 'serving' };
const route = { hostname: 'Hello.localhost', app: `app_${'0'.repeat(26)}`, status: 'live', policy: { kind: 'public' }, framework: { name: 'streamlit' }, instances: [instance] };
const snapshot = { version: 2, cursor: 1, consoleHost: 'console.localhost', routes: [route] };
const withInstance = (change: object): object => ({ ...snapshot, routes: [{ ...route, instances: [{ ...instance, ...change }] }] });

/** What is loaded from such a file, and what the log then says. */
function load(text: string) {
  const path = aPath();
  writeFileSync(path, text);
  const { lines, log } = logging();
  return { path, lines, loaded: new SnapshotFile(path, log).load() };
}

describe('a snapshot that somebody wrote', () => {
  it('is read, capitals and an unsaid version and all', () => {
    const { lines, loaded } = load(JSON.stringify(snapshot));
    expect(loaded?.routes[0]).toMatchObject({ hostname: 'hello.localhost', framework: { name: 'streamlit', version: null } });
    expect(lines).toEqual([]);
  });

  it.each([
    ['is cut off', JSON.stringify(snapshot).slice(0, -9), [expect.stringMatching(/^This is not JSON: .+ position \d+/)]],
    ['is empty', '', ['This is not JSON: Unexpected end of JSON input.']],
    ['is of another version', { ...snapshot, version: 1 }, ['version: The version of this format is 2.']],
    ['lacks a field', withInstance({ state: undefined }), ['routes[0].instances[0].state: This is missing.']],
    ['has a field of another type', withInstance({ attempt: '1' }), ['routes[0].instances[0].attempt: This is to be of the type number.']],
    ['has a value that is none', withInstance({ state: 'on' }), ['routes[0].instances[0].state: This is to be "serving" or "frozen" or "draining".']],
    ['has no address', withInstance({ address: '' }), [expect.stringMatching(/^routes\[0\]\.instances\[0\]\.address: An address is HOST:PORT,/)]],
    ['has a port that is none', withInstance({ address: '127.0.0.1:99999' }), [expect.stringMatching(/^routes\[0\]\.instances\[0\]\.address: An address is HOST:PORT,/)]],
    ['has a host that is none', { ...snapshot, consoleHost: 'http://console', routes: [{ ...route, hostname: 'hello.localhost:8080' }] }, [expect.stringMatching(/^consoleHost: A host is/), expect.stringMatching(/^routes\[0\]\.hostname: A host is/)]],
    ['has a host twice', { ...snapshot, routes: [route, { ...route, hostname: 'hello.localhost' }] }, ['routes[1].hostname: A route before it has the same host.']],
    ['is a list', [], ['This is to be of the type object.']],
  ])('is taken for none if it %s, and the log says where and why', (_, content, faults) => {
    const { path, lines, loaded } = load(typeof content === 'string' ? content : JSON.stringify(content));
    expect(loaded).toBeUndefined();
    expect(lines).toEqual([expect.objectContaining({ level: 'error', msg: 'snapshot.unreadable', path, faults })]);
  });

  it('is told about in one line though a thousand routes are wrong', () => {
    const { lines } = load(JSON.stringify({ ...snapshot, routes: Array.from({ length: 1_000 }, () => ({ ...route, status: 'on' })) }));
    expect(lines).toHaveLength(1);
    expect(lines[0]?.['faults']).toHaveLength(21);
    expect(lines[0]?.['faults']).toContain('And 980 more.');
  });

  it('that is not there is no error, but said', () => {
    const [{ lines, log }, path] = [logging(), aPath()];
    expect(new SnapshotFile(path, log).load()).toBeUndefined();
    expect(lines).toEqual([expect.objectContaining({ level: 'info', msg: 'snapshot.none', path })]);
  });
});

describe('the affinity key', () => {
  it('is made once', async () => {
    const [{ lines, log }, path] = [logging(), aPath()];
    const key = await affinityKey(path, log);
    expect(key).toHaveLength(32);
    expect(await affinityKey(path, log)).toEqual(key);
    expect(lines).toEqual([]);
  });

  it.each(['.key', '.key.new'])('is one for this run, with a warning, where %s is nothing that can be used', async (end) => {
    const [{ lines, log }, path] = [logging(), aPath()];
    mkdirSync(`${path}${end}`); // root writes into read-only folders too, but no file in the place of a folder
    const key = await affinityKey(path, log);
    expect(key).toHaveLength(32);
    expect(await affinityKey(path, log)).not.toEqual(key);
    expect(lines[0]).toMatchObject({ level: 'warn', msg: 'affinity.key_for_this_run', path: `${path}.key`, reason: expect.stringContaining('EISDIR') });
  });

  it('is replaced where it is too short to be one', async () => {
    const [{ log }, path] = [logging(), aPath()];
    writeFileSync(`${path}.key`, 'c2hvcnQ=');
    const key = await affinityKey(path, log);
    expect(Buffer.from(readFileSync(`${path}.key`, 'utf8'), 'base64')).toEqual(Buffer.from(key));
  });
});
