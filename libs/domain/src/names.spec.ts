import { describe, expect, it } from 'vitest';
import { gitUrlProblem, hostnameFrom, hostnameProblem, isAppsDomain, isBranchName, isEntryFile, isId, newId } from './index.ts';

const HOSTILE = [';touch x', '$(x)', 'a\nb', '-x', '--upload-pack=touch x', '../x', 'x'.repeat(300), 'a\0b', '`id`'];

describe('a name a person gives', () => {
  it('is refused when it is hostile', () => {
    for (const text of HOSTILE) {
      expect(isBranchName(text), text).toBe(false);
      expect(isEntryFile(text), text).toBe(false);
      expect(isEntryFile(`${text}.py`), text).toBe(false);
      expect(hostnameProblem(text), text).toBe('malformed');
      expect(gitUrlProblem(text, []), text).toBeDefined();
      expect(gitUrlProblem(`https://${text}/r`, []), text).toBeDefined();
    }
  });

  it('may be odd but honest', () => {
    expect(['main', 'feature/größe', '修正', 'v1.2'].every(isBranchName)).toBe(true);
    expect(['🏠_Home.py', 'my app.py', 'src/größe.py', 'a(1).py'].every(isEntryFile)).toBe(true);
  });
});

describe('a Git URL', () => {
  it('is https, or http to a host the operator listed', () => {
    expect(gitUrlProblem('https://git.example.org/team/app.git', [])).toBeUndefined();
    expect(gitUrlProblem('http://127.0.0.1:9000/app.git', [])).toBe('host_not_allowed');
    expect(gitUrlProblem('http://127.0.0.1:9000/app.git', ['127.0.0.1:9000'])).toBeUndefined();
    expect(gitUrlProblem('http://127.0.0.1:9001/app.git', ['127.0.0.1:9000'])).toBe('host_not_allowed');
    expect(gitUrlProblem('ssh://git@example.org/a', [])).toBe('scheme');
    expect(gitUrlProblem('file:///etc/passwd', [])).toBe('scheme');
    expect(gitUrlProblem('https://me:secret@example.org/a', [])).toBe('credentials');
  });
});

describe('the domain of apps', () => {
  it('is a name that browsers can ask for, perhaps with a port', () => {
    for (const text of ['localhost', 'localhost:8080', 'apps.example.net', 'Apps.Example.net:443', '10.0.0.1.nip.io']) expect(isAppsDomain(text), text).toBe(true);
    for (const text of [...HOSTILE, '', '*.example.net', 'my_server.lan', 'https://example.net', 'example.net/', '.example.net', 'example.net.', 'example.net:port']) expect(isAppsDomain(text), text).toBe(false);
  });
});

describe('a hostname', () => {
  it('is made from the last part of a path', () => {
    expect(hostnameFrom('https://git.example.org/Team/My_App.git')).toBe('my-app');
    expect(hostnameFrom('examples/hello/')).toBe('hello');
  });

  it('is one label, not reserved, not punycode', () => {
    expect(hostnameProblem('sales-2026')).toBeUndefined();
    expect(hostnameProblem('console')).toBe('reserved');
    expect(hostnameProblem('xn--bcher-kva')).toBe('punycode');
    expect(hostnameProblem('-a')).toBe('malformed');
  });
});

describe('an id', () => {
  const random = (byte: number) => new Uint8Array(16).fill(byte);

  it('sorts by age and names its noun', () => {
    const [older, newer] = [newId('app', 1_700_000_000_000, random(255)), newId('app', 1_700_000_000_001, random(0))];
    expect(older < newer).toBe(true);
    expect(isId('app', older)).toBe(true);
    expect(isId('deployment', older)).toBe(false);
  });
});
