import { describe, expect, it } from 'vitest';
import { openPlane } from '../testing/open-plane.ts';

const { plane, owner } = await openPlane();

/** What ran as a command, or was read as an option or another place, in platforms like this one (security B1, B2). */
const HOSTILE = [';id', '$(id)', '`id`', 'a\nid', 'a\r\nid', 'a|id', 'a&&id', '-x', '--upload-pack=touch x', '--exec=id', '-oProxyCommand=id', '../../etc/passwd', '/etc/passwd', 'app.py\0', "a' id '", 'a" id "', 'x'.repeat(3000)];
const URLS = [...HOSTILE, ...HOSTILE.slice(0, -1).map((text) => `https://git.example.org/${text}`), 'ext::sh -c id', 'file:///etc', 'ssh://-oProxyCommand=id/x', 'git://example.org/a', 'javascript:alert(1)', 'https://user:token@example.org/a', 'https://example.org', 'https://example.org/a?x=--upload-pack', 'https://example.org/a#x', 'http://127.0.0.1/a', 'http://169.254.169.254/latest'];
/** Paths that are fine inside a URL, where nothing but a server reads them. */
const HARMLESS_IN_URL = new Set(['-x', '--upload-pack=touch x', '--exec=id', '-oProxyCommand=id', '/etc/passwd', 'a&&id'].map((text) => `https://git.example.org/${text}`));

const builtin = { kind: 'builtin' } as const;

describe('B1 B2 a value that could be a command', () => {
  const everything = async (): Promise<unknown> => Promise.all([plane.db.app.count(), plane.db.deployment.count(), plane.db.outboxMessage.count()]);

  it.each(HOSTILE)('%j is refused as branch, entry file, hostname, Python, example, commit and platform setting, before anything happened', async (text) => {
    const app = await owner.app();
    const before = await everything();
    const answers = await Promise.all([
      owner.call('POST', '/apps', { hostname: 'b1', source: { ...builtin, branch: text } }),
      owner.call('POST', '/apps', { hostname: 'b1', source: { ...builtin, entryFile: text.endsWith('.py') ? text : `${text}.py` } }),
      owner.call('POST', '/apps', { hostname: text, source: builtin }),
      owner.call('POST', '/apps', { hostname: 'b1', source: builtin, python: text }),
      owner.call('POST', '/apps', { hostname: 'b1', source: { ...builtin, example: text } }),
      owner.call('PATCH', `/apps/${app.id}`, { branch: text }),
      owner.call('PATCH', `/apps/${app.id}`, { entryFile: text }),
      owner.call('PATCH', `/apps/${app.id}`, { python: text }),
      owner.call('POST', `/apps/${app.id}/deployments`, { commit: text }),
      owner.call('POST', '/apps', { hostname: 'b1', source: builtin, image: text }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 422));
    expect(await everything()).toEqual(before);
  });

  it.each(URLS.filter((url) => !HARMLESS_IN_URL.has(url)))('%j is refused as a repository, when an app is made, changed, or only looked at', async (url) => {
    const app = await owner.app();
    const answers = await Promise.all([
      owner.call('POST', '/apps', { hostname: 'b2', source: { kind: 'git', url } }),
      owner.call('PATCH', `/apps/${app.id}`, { source: { kind: 'git', url } }),
      owner.call('POST', '/repositories/inspect', { url }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([422, 422, 422]);
  });
});
