import { harmsNobody } from '@weir/container-runtime-docker/testing';
import { execFile, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAttacks } from './attack-fixture.ts';
import { inLong, rowsOf } from './long.ts';

harmsNobody();

const run = promisify(execFile);
const MIB = 2 ** 20;

describe('a hostile repository', () => {
  let attacks: Awaited<ReturnType<typeof openAttacks>>;
  beforeAll(async () => void (attacks = await openAttacks()));
  afterAll(() => attacks.close());

  /** A repository whose tree is written by hand: `git add` would refuse it. @param tree prints nothing and gives the tree's id */
  async function crafted(name: string, tree: (git: (input: string | Buffer, ...args: string[]) => string) => string, author = 'A'): Promise<string> {
    const path = join(attacks.server.folder, `${name}.git`);
    await run('git', ['init', '-q', '--bare', '-b', 'main', path]);
    const git = (input: string | Buffer, ...args: string[]): string => execFileSync('git', ['-C', path, '-c', `user.name=${author}`, '-c', 'user.email=a@localhost', ...args], { ...(input !== '' && { input }), encoding: 'utf8' }).trim();
    const commit = git('', 'commit-tree', tree(git), '-m', 'first');
    git('', 'update-ref', 'refs/heads/main', commit);
    return `http://${attacks.server.host}/${name}.git`;
  }

  /** A tree object, entry by entry, whatever the names. */
  const rawTree = (git: (input: string | Buffer, ...args: string[]) => string, entries: readonly (readonly [mode: string, name: string | Buffer, id: string])[]): string =>
    git(Buffer.concat(entries.map(([mode, name, id]) => Buffer.concat([Buffer.from(`${mode} `), Buffer.from(name as string), Buffer.from([0]), Buffer.from(id, 'hex')]))), 'hash-object', '-w', '-t', 'tree', '--literally', '--stdin');

  it('B6 with a hundred million names in a few kilobytes is refused before they are read', async () => {
    const url = await crafted('bomb', (git) => {
      let tree = git(`100644 blob ${git('x', 'hash-object', '-w', '--stdin')}\tfile\n`, 'mktree');
      for (let level = 0; level < 8; level++) tree = git(Array.from({ length: 10 }, (_, i) => `040000 tree ${tree}\td${i}\n`).join(''), 'mktree');
      return tree;
    });
    const started = performance.now();
    const { failure } = await attacks.build(url);
    expect(failure).toMatchObject({ code: 'source.too_large', phase: 'fetch', message: 'The repository has more than 20,000 files.' });
    expect(performance.now() - started).toBeLessThan(20_000);
  }, 60_000);

  it('B7 with one file of 201 MB of nothing is refused', async () => {
    const url = await attacks.repository({}, async (work) => {
      await writeFile(join(work, 'huge.bin'), '');
      await truncate(join(work, 'huge.bin'), 201 * MIB);
    });
    expect((await attacks.build(url)).failure).toMatchObject({ code: 'source.too_large', message: "The repository's files are larger than 200 MB together." });
  }, 60_000);

  it('B6 whose folders lie deeper than a path can name is refused', async () => {
    const url = await crafted('deep', (git) => {
      let tree = git(`100644 blob ${git('x', 'hash-object', '-w', '--stdin')}\tapp.py\n`, 'mktree');
      for (let level = 0; level < 40; level++) tree = git(`040000 tree ${tree}\t${'d'.repeat(200)}\n`, 'mktree');
      return tree;
    });
    expect((await attacks.build(url)).failure).toMatchObject({ code: 'source.unreadable', message: 'The repository has a path that is far too long.' });
  }, 60_000);

  it('B6 whose names have control characters, are too long or no text is told what is left out', async () => {
    const url = await crafted('names', (git) => {
      const blob = git('import streamlit', 'hash-object', '-w', '--stdin');
      return rawTree(git, [['100644', 'a\nb.py', blob], ['100644', 'a\u001b[2J.py', blob], ['100644', 'app.py', blob], ['100644', 'n'.repeat(300), blob], ['100644', Buffer.from([0x78, 0xff, 0xfe]), blob]]);
    });
    const { failure, text } = await attacks.build(url, {}, { entryFile: 'no.py' });
    expect(failure?.code).toBe('entry.not_found');
    expect(text).toContain('Some paths are left out');
    expect(text).not.toContain('\u001b[2J.py\n');
  }, 60_000);

  it.each(rowsOf(['.git', '.GIT', 'git~1', '.g\u200cit', '..', '.'], 1))('B5 with a folder %j is refused by Git’s own check', async (name) => {
    const url = await crafted(`dotgit${Buffer.from(name).toString('hex')}`, (git) => {
      const blob = git('[core]\n\tfsmonitor = "touch /tmp/x"\n', 'hash-object', '-w', '--stdin');
      return rawTree(git, [['40000', name, git(`100644 blob ${blob}\tconfig\n`, 'mktree')], ['100644', 'app.py', blob]].sort((a, b) => (`${a[1]}/` < `${b[1]}/` ? -1 : 1)) as never);
    });
    expect((await attacks.build(url)).failure).toMatchObject({ code: 'source.unreadable', phase: 'fetch' });
  }, 60_000);

  it('whose author has a name of two hundred emoji is built as any other', async () => {
    const url = await crafted('emoji', (git) => git(`100644 blob ${git('x = (', 'hash-object', '-w', '--stdin')}\tapp.py\n`, 'mktree'), '🎈'.repeat(250));
    expect((await attacks.build(url)).failure?.code).toBe('app.syntax_error');
  }, 60_000);

  it('B5 with a submodule that would run a command is told that submodules are not fetched', async () => {
    const url = await crafted('submodule', (git) => git(`100644 blob ${git('[submodule "x"]\n\tpath = x\n\turl = ext::sh -c touch% /tmp/x\n', 'hash-object', '-w', '--stdin')}\t.gitmodules\n160000 commit ${'1'.repeat(40)}\tx\n`, 'mktree', '--missing'));
    const { failure, text } = await attacks.build(url, {}, { entryFile: 'no.py' });
    expect([failure?.code, text]).toEqual(['entry.not_found', expect.stringContaining('x is a submodule, which is not fetched')]);
  }, 60_000);

  it.each(rowsOf(['requirements.txt', 'app.py', 'packages.txt', 'sub/app.py', '.streamlit/config.toml'], 2))('B8 whose %s is a link to a file of the host has nothing of it in its log', async (path) => {
    const url = await attacks.repository({ 'other.py': 'import flask', 'sub/x': '', '.streamlit/x': '', 'late.txt': '' }, async (work) => {
      await rm(join(work, path), { force: true });
      await symlink('/etc/passwd', join(work, path));
    });
    const { failure, text } = await attacks.build(url, {}, { entryFile: path.endsWith('.py') ? path : 'no.py' });
    expect(failure?.code).toBe('entry.not_found');
    expect(`${text}${JSON.stringify(failure)}`).not.toMatch(/root:|daemon:|nobody:/);
    expect(text).toContain('Some paths are left out');
  }, 60_000);

  it.each(rowsOf([
    ['an option', '-oAPT::Update::Pre-Invoke::=id'],
    ['an option after dashes', '-- --allow-downgrades'],
    ['a file', './evil.deb'],
    ['a version', 'sl=1'],
    ['a release', 'sl/sid'],
    ['a pattern', '?installed'],
    ['a shell', 'sl;id'],
    ['a substitution', '$(id)'],
    ['a NUL', 'sl\0-o'],
  ] as const, 2))('B10 whose packages.txt has %s is refused before anything is fetched', async (_, line) => {
    const { failure, text } = await attacks.build(await attacks.repository({ 'packages.txt': `${line}\n` }));
    expect(failure).toMatchObject({ code: 'plan.package_name_invalid', phase: 'plan' });
    expect(text).not.toContain('uid=');
  }, 60_000);
});

describe('a hostile Git server', () => {
  let attacks: Awaited<ReturnType<typeof openAttacks>>;
  const seen: string[] = [];
  const answer: { listener: RequestListener } = { listener: (_, response) => response.end() };
  const server: Server = createServer((request, response) => {
    seen.push(`${request.headers.host} ${request.url} ${request.headers.authorization ?? ''}`);
    answer.listener(request, response);
  });
  let host: string;

  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    attacks = await openAttacks({ gitHosts: [host] });
  });
  afterAll(async () => {
    await attacks.close();
    server.closeAllConnections();
    server.close();
  });

  it.each(rowsOf(['http://HOST/elsewhere/info/refs?service=git-upload-pack', 'http://169.254.169.254/latest/', 'https://localhost/', 'file:///etc/passwd', 'ext::sh -c id', '//10.0.0.1/x'], 2))('B4 that sends a fetch to %s is not followed', async (location) => {
    answer.listener = (_, response) => response.writeHead(302, { location: location.replace('HOST', host) }).end();
    seen.length = 0;
    const { failure } = await attacks.build(`http://${host}/a.git`);
    expect(failure).toMatchObject({ code: 'source.redirected', phase: 'fetch' });
    expect(seen.filter((line) => !line.includes('/a.git'))).toEqual([]);
  }, 60_000);

  it.each(rowsOf([
    ['that shouts', (response) => response.writeHead(500, { 'content-type': 'text/plain' }).end('shout\n'.repeat(400_000)), /build\.too_much_output/],
    ['that is none', (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'), /source\.empty/],
    ['that asks for a password', (response) => response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end(), /source\.not_found/],
    ['that says half of it', (response) => response.writeHead(200, { 'content-type': 'application/x-git-upload-pack-advertisement' }).end('001e# service=git-upload-pack\n0000ffff'), /source\.unreachable/],
    ['whose branch is an option', (response) => response.writeHead(200, { 'content-type': 'application/x-git-upload-pack-advertisement' }).end(advertisement('refs/heads/--upload-pack=touch /tmp/x')), /source\.unreachable/],
  ] satisfies [string, (response: Parameters<RequestListener>[1]) => void, RegExp][], 2))('B3 %s ends the fetch with a reason', async (_, respond, code) => {
    answer.listener = (request, response) => void request.resume().on('end', () => respond(response));
    const { failure, text } = await attacks.build(`http://${host}/a.git`);
    expect([failure?.phase, failure?.code], text.slice(-2000)).toEqual(['fetch', expect.stringMatching(code)]);
  }, 60_000);

  inLong(() => it('B7 that answers a byte a second is given up', async () => {
    answer.listener = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/x-git-upload-pack-advertisement', 'content-length': '100000' });
      const drip = setInterval(() => response.write('0'), 1000);
      response.once('close', () => clearInterval(drip));
    };
    const started = performance.now();
    const { failure } = await attacks.build(`http://${host}/a.git`);
    expect(failure?.code).toMatch(/source\.unreachable|build\.timed_out/);
    expect(performance.now() - started).toBeLessThan(150_000);
  }, 200_000));
});

/** What `git upload-pack` says first, of one ref and with HEAD pointing to it. */
function advertisement(ref: string): string {
  const packet = (text: string): string => `${(text.length + 4).toString(16).padStart(4, '0')}${text}`;
  return `${packet('# service=git-upload-pack\n')}0000${packet(`${'1'.repeat(40)} HEAD\0symref=HEAD:${ref}\n`)}${packet(`${'1'.repeat(40)} ${ref}\n`)}0000`;
}
