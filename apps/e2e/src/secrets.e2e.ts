import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readablePaths } from './support/api.ts';
import { AppPage } from './support/app-page.ts';
import { openBrowser } from './support/browser.ts';
import { Canary } from './support/canary.ts';
import { consolePage, signedIn } from './support/console.ts';
import { column, withDatabase } from './support/database.ts';
import { Docker } from './support/docker.ts';
import type { DeployResult } from './support/documents.ts';
import { WorkTree } from './support/git.ts';
import { processes } from './support/processes.ts';
import { installation } from './support/shared.ts';
import { execute } from './support/weir.ts';

/** Shows what it was given by hash, and the environment before Streamlit itself could have filled it. */
const APP = `import hashlib
import os

import streamlit as st


def mark(value):
    return hashlib.sha256(str(value).encode()).hexdigest()


st.title('Keeper of secrets')
st.write('environment', mark(os.environ.get('api_key')))
st.write('root', mark(st.secrets['api_key']))
st.write('table', mark(st.secrets['database']['password']))
`;

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const root = new Canary();
const nested = new Canary();
const docker = new Docker(installation);
let browser: Browser;
let deployed: DeployResult;
let container: string;

const leaks = (text: string): boolean => root.isIn(text) || nested.isIn(text);
const filesIn = async (...paths: string[]): Promise<string[]> => [...new Set([...(await root.filesIn(...paths)), ...(await nested.filesIn(...paths))])].toSorted();

beforeAll(async () => {
  browser = await openBrowser();
  const secrets = join(mkdtempSync(join(tmpdir(), 'weir-secrets-')), 'secrets.toml');
  writeFileSync(secrets, `api_key = "${root.value}"\n\n[database]\nuser = "ada"\npassword = "${nested.value}"\n`);
  const tree = await WorkTree.create({ 'streamlit_app.py': APP, 'requirements.txt': 'streamlit>=1.40,<2\n' });
  deployed = await installation.deploy(tree.folder, '--hostname', 'keeper', '--secrets', secrets);
  container = (await docker.inspect('instance')).find(({ Config }) => Config.Labels['weir.app'] === deployed.app)?.Id ?? '';
});
afterAll(() => browser?.close());

describe('a secret', () => {
  it('reaches the app: a root value as st.secrets and environment, a table as st.secrets', async () => {
    const page = await AppPage.open(browser, deployed.url, 'Keeper of secrets');
    for (const line of [`environment ${hash(root.value)}`, `root ${hash(root.value)}`, `table ${hash(nested.value)}`]) await expect.poll(() => page.text()).toContain(line);
  });

  it('is in the instance’s own file, on memory', async () => {
    const { stdout } = await execute('docker', ['exec', container, 'sh', '-c', 'cat .streamlit/secrets.toml && stat --file-system --format %T .streamlit/secrets.toml']);
    expect(root.isIn(stdout) && nested.isIn(stdout)).toBe(true);
    expect(stdout.trim().split('\n').at(-1)).toBe('tmpfs');
    const [file, environment, ...others] = await filesIn(`/run/weir/${docker.id}`);
    expect([file, environment].map((path) => path?.replace(/^.*\/ins_\w+\//, ''))).toEqual(['environment.json', 'secrets.toml']);
    expect(others).toEqual([]);
  });

  it('is in the memory of no process but the app’s', async () => {
    const { stdout } = await execute('docker', ['top', container, '-o', 'pid']);
    const own = new Set(stdout.trim().split('\n').slice(1).map(Number));
    const knowing = processes().filter(({ words }) => leaks(words));
    expect(knowing.length).toBeGreaterThan(0);
    expect(knowing.filter(({ pid }) => !own.has(pid))).toEqual([]);
    expect(knowing.filter(({ words }) => nested.isIn(words))).toEqual([]);
  });

  it('is in no row of the database', async () => {
    const tables = await column(installation, `select format('%I.%I', schemaname, tablename) from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`);
    const found = await withDatabase(installation, async (client) => {
      const seen = { leaking: [] as string[], marked: [] as string[] };
      for (const table of tables) {
        const text = (await client.query<{ row: string }>(`select t::text as row from ${table} t`)).rows.map(({ row }) => row).join('\n');
        if (leaks(text)) seen.leaking.push(table);
        if (text.includes(deployed.app)) seen.marked.push(table);
      }
      return seen;
    });
    expect(found.marked).toEqual(expect.arrayContaining(['public.app', 'public.secret_version', 'public.audit_event', 'public.log_line']));
    expect(found.leaking).toEqual([]);
  });

  it('is in no file of the data folder: database, write-ahead log, logs, routes, repositories, caches', async () => {
    const folders = [installation.dataDir, `/var/lib/weir/${docker.id}`].filter((path) => existsSync(path));
    expect(await new Canary(deployed.app).filesIn(...folders)).toContain(join(installation.dataDir, 'gateway', 'routes.json'));
    expect(await filesIn(...folders)).toEqual([]);
  });

  it('is in nothing that Docker tells of a container or keeps in an image', async () => {
    const containers = await docker.containers();
    const told = await execute('docker', ['inspect', ...containers, ...(await docker.images())]);
    expect(told.stdout).toContain(container);
    const logs = await Promise.all(containers.map((id) => execute('docker', ['logs', id])));
    expect([told, ...logs].filter(({ stdout, stderr }) => leaks(stdout + stderr))).toEqual([]);

    const [image = ''] = await column(installation, `select image from release where app_id = '${deployed.app}'`);
    expect(await new Canary('Keeper of secrets').isInImage(image)).toBe(true);
    expect(await root.isInImage(image)).toBe(false);
    expect(await nested.isInImage(image)).toBe(false);
  });

  it('is in no answer of the API, and on no page of the console', async () => {
    const paths = await readablePaths({ app: deployed.app, deployment: deployed.deployment, release: deployed.release ?? '', hostname: 'keeper' });
    expect(paths).toEqual(expect.arrayContaining([`/apps/${deployed.app}/secrets`, `/apps/${deployed.app}/logs?kind=build`]));
    for (const path of paths) {
      const { status, text } = await installation.api(`/v1${path}`);
      expect(status, path).toBe(path.endsWith('/rollback') ? 409 : 200); // there is no release before
      expect(leaks(text), path).toBe(false);
    }
    const page = await signedIn(browser);
    await page.goto(consolePage('/apps/keeper/secrets'));
    await page.getByText('api_key').first().waitFor();
    expect(leaks(await page.content())).toBe(false);
  });

  it('leaves the machine with its app', async () => {
    const instance = `/run/weir/${docker.id}`;
    expect(await filesIn(instance)).not.toEqual([]);
    expect((await installation.weir('delete', deployed.app, '--yes')).code).toBe(0);
    await expect.poll(() => filesIn(instance), { timeout: 60_000, interval: 500 }).toEqual([]);
    expect(readFileSync('/proc/mounts', 'utf8')).not.toContain(deployed.app);
  });
});
