import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkFolder } from './check-folder.ts';
import { LocalPython } from './local-python.ts';

const python = LocalPython.find();

/** Drawn letters that are the same in every run. No key is written out here: tools that look for keys would find it. */
const drawn = (alphabet: string, length: number): string => Array.from({ length }, (_, at) => alphabet[createHash('sha256').update(`${alphabet} ${at}`).digest().readUInt32BE() % alphabet.length]).join('');
const LETTERS = 'kQ7xWm2ZpR9tLc4VfNb8YhJd3GsTq6KzXvPwMr5CnBgHj';
const HEX = '9f3a7c1e5b8d2046';
const mixed = (length: number): string => drawn(LETTERS, length);
const jwt = (claims: object): string => ['{"alg":"HS256"}', JSON.stringify(claims)].map((part) => Buffer.from(part).toString('base64url')).join('.').concat('.', mixed(43));

/** Kind, line to be found, and what of it may be shown. */
const CREDENTIALS: readonly [kind: string, path: string, line: string][] = [
  ['an AWS access key', 'app.py', `key = "AKIA${drawn('QZ7XWM2PR4TLCVFN', 16)}"`],
  ['a GitHub token', 'app.py', `token = "ghp_${mixed(36)}"`],
  ['a GitHub token', 'app.py', `token: str = "gho_${mixed(36)}"`],
  ['a GitLab token', 'requirements.txt', `git+https://x:glpat-${mixed(20)}@gitlab.com/a/b.git`],
  ['a Slack token', 'config.yaml', `slack: xoxb-${drawn('72946183', 12)}-${mixed(24)}`],
  ['a Slack webhook', 'app.py', `post("https://hooks.slack.com/services/T${drawn('QZ7XWM2P', 9)}/B${drawn('R4TLCVFN', 9)}/${mixed(24)}")`],
  ['a Stripe live key', '.env', `STRIPE=sk_live_${mixed(24)}`],
  ['a Google API key', 'app.py', `maps = "AIza${mixed(35)}"`],
  ['an OpenAI key', '.streamlit/secrets.toml', `openai = "sk-proj-${mixed(40)}T3BlbkFJ${mixed(40)}"`],
  ['an OpenAI key', 'app.py', `openai.api_key = "sk-${mixed(48)}"`],
  ['an Anthropic key', 'app.py', `key = "sk-ant-api03-${mixed(93)}"`],
  ['a private key', 'service-account.json', `{"private_key": "-----BEGIN PRIVATE KEY-----\\n${mixed(64)}\\n"}`],
  ['a postgresql URL with a password', 'app.py', `URL = "postgresql://app:${mixed(16)}@db.company.io:5432/app"`],
  ['the value of “api_key”', '.streamlit/secrets.toml', `api_key = "${drawn(HEX, 40)}"`],
  ['the value of “ADMIN_TOKEN”', 'app.py', `ADMIN_TOKEN: str = "${mixed(40)}"`],
  ['an Azure storage key', 'app.py', `c = "AccountKey=${mixed(86)}==;EndpointSuffix=core.windows.net"`],
  ['the value of “DB_PASSWORD”', '.env', `DB_PASSWORD=${mixed(32)}`],
  ['the value of “api_key”', 'app.py', `api_key = "${mixed(40)}"  # never in a public repository`],
  ['the value of “Authorization”', 'app.py', `headers = {"Authorization": "Bearer ${mixed(40)}"}`],
  ['the value of “AWS_SECRET_ACCESS_KEY”', 'app.py', `os.environ.setdefault("AWS_SECRET_ACCESS_KEY", "${mixed(40)}")`],
  ['the value of “API_KEY”', 'app.py', `key = os.getenv("API_KEY", "${mixed(32)}")`],
  ['a GitHub token', 'explore.ipynb', `    "os.environ[\\"GITHUB_TOKEN\\"] = \\"ghp_${mixed(36)}\\"\\n",`],
  ['a Supabase service key', 'app.py', `SUPABASE_TOKEN = "${jwt({ role: 'service_role' })}"`],
];

const HARMLESS: readonly [what: string, path: string, line: string][] = [
  ['a placeholder', 'app.py', 'api_key = "your-api-key-goes-here-1234"'],
  ['a masked key', 'app.py', 'token = "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"'],
  ['the example key of AWS', 'app.py', 'key = "AKIAIOSFODNN7EXAMPLE"'],
  ['a key in a document', 'README.md', `ghp_${mixed(36)}`],
  ['a key in a test', 'tests/test_app.py', `token = "ghp_${mixed(36)}"`],
  ['a key in an example of a settings file', '.env.example', `TOKEN=ghp_${mixed(36)}`],
  ['the URL of a database on this machine', 'app.py', `URL = "postgresql://app:${mixed(16)}@localhost/app"`],
  ['a password to be replaced', 'app.py', 'URL = "mysql://app:password123@db.company.io/app"'],
  ['a URL that is put together', 'app.py', 'URL = f"postgresql://{user}:{password}@db.company.io/app"'],
  ['a weak password', 'app.py', 'password = "correct-horse-battery-staple"'],
  ['a digest', 'app.py', `password_hash = "${drawn(HEX, 64)}"`],
  ['a public key', 'app.py', `SUPABASE_TOKEN = "${jwt({ role: 'anon' })}"`],
  ['a name of many words', 'app.py', 'SECRET_TOKEN_NAME = "projects/4711/secrets/OpenAiTokenForProduction"'],
  ['a key that is said to be for all', 'app.py', `# This is a public API key.\napi_key = "${mixed(40)}"`],
  ['a header that is put together', 'app.py', 'headers = {"Authorization": f"Bearer {os.environ["GITHUB_TOKEN_OF_THE_DEPLOYMENT"]}"}'],
  ['a drawn value in what a notebook shows', 'explore.ipynb', `    "token: ${mixed(40)}",`],
  ['a list of names', 'app.py', 'NAMES = ["api_token", "client_secret_of_the_service", "password_of_the_database"]'],
  ['a value from the environment', 'app.py', 'token = os.environ["GITHUB_TOKEN_OF_THE_DEPLOYMENT"]'],
];

describe.skipIf(!python)('looking for secrets (needs python3 of 3.9 or newer on this machine)', () => {
  const check = async (path: string, line: string) => {
    const contents = new Map([['app.py', Buffer.from('import streamlit as st\n')], [path, Buffer.from(`# one\n\n${line}\n`)]]);
    return checkFolder(new Map([...contents].map(([name, content]) => [name, content.length])), contents, 'app.py', python!);
  };

  it.each(CREDENTIALS)('finds %s in %s at its line', async (kind, path, line) => {
    const { findings } = await check(path, line);
    const [first] = findings;
    expect(first).toMatchObject({ rule: 'committed_credential', severity: 'error', path, line: 3 });
    expect(first?.why.toLowerCase()).toContain(kind.toLowerCase());
  });

  it.each(CREDENTIALS)('never shows more of %s than four letters', async (_kind, path, line) => {
    const said = JSON.stringify(await check(path, line));
    const parts = Array.from({ length: line.length - 11 }, (_, at) => line.slice(at, at + 12)).filter((part) => /\d/.test(part) && /^[A-Za-z0-9]+$/.test(part));
    expect(parts.filter((part) => said.includes(part))).toEqual([]);
  });

  it.each(HARMLESS)('is silent about %s in %s', async (_what, path, line) => {
    const { findings } = await check(path, line);
    expect(findings.filter(({ rule }) => rule === 'committed_credential')).toEqual([]);
  });

  it('says of a committed secrets.toml without a credential that it is there', async () => {
    expect((await check('.streamlit/secrets.toml', 'greeting = "hello"')).findings).toMatchObject([{ rule: 'secrets_file', severity: 'warning' }]);
  });
});

describe.skipIf(!python)('a repository that is made to disturb (needs python3 of 3.9 or newer on this machine)', () => {
  const check = async (source: string) => {
    const contents = new Map([['app.py', Buffer.from(source)]]);
    return checkFolder(new Map([['app.py', source.length]]), contents, 'app.py', python!);
  };

  it('is looked at, never run', async () => {
    expect(await check('import streamlit as st\nraise SystemExit("ran")\n')).toMatchObject({ entryFile: 'app.py', findings: [], skipped: [], broken: null });
  });

  it.each([
    ['does not parse', 'import streamlit as st\nprint "old"\n'],
    ['is nested too deeply', `import streamlit as st\nx = ${'('.repeat(5000)}${')'.repeat(5000)}\n`],
    ['has a byte of nothing', 'import streamlit as st\n\0\n'],
  ])('has a file skipped that %s, with a note', async (_, source) => {
    expect((await check(source)).skipped).toEqual([{ path: 'app.py', why: 'syntax' }]);
  });

  it('cannot hide a credential by breaking the rules about code', async () => {
    const { findings } = await check(`import streamlit as st\nTOKEN = "ghp_${mixed(36)}"\nst.write(st${'.a'.repeat(990)})\nst.write(${'f('.repeat(150)}1${')'.repeat(150)}${'.b()'.repeat(700)})\n`);
    expect(findings.map(({ rule }) => rule)).toEqual(['committed_credential']);
  });

  it('is judged all the same where its names are very long', async () => {
    const { findings } = await check(`import ${'a'.repeat(3000)}\nimport streamlit as st\nimport time\nopen("${'b'.repeat(5000)}\\n.log", "a")\ntime.sleep(90)\n`);
    expect(findings.map(({ rule, line }) => `${rule} ${line}`)).toEqual(['lost_write 4', 'long_sleep 5']);
  });

  it.each([
    ['functions that call one another', 'import streamlit as st\ndef a():\n    b()\ndef b():\n    a()\na()\n'],
    ['a long chain of operators', `import streamlit as st\nx = ${'1 + '.repeat(900)}1\n`],
    ['a long line that looks like secrets', `import streamlit as st\n# ${'token token_'.repeat(20_000)}\n`],
    ['many addresses that never end', `import streamlit as st\n# ${'postgres://a:'.repeat(20_000)}\n`],
  ])('does not stop the check with %s', async (_, source) => {
    const before = performance.now();
    await check(source);
    expect(performance.now() - before).toBeLessThan(8000);
  });
});
