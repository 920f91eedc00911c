import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { readSnapshot } from '../src/routing/read-snapshot.ts';
import { GatewayProcess } from './gateway-process.ts';
import { Upstream } from './upstream.ts';
import { ask, DOCUMENT, openSocket } from './visitor.ts';

const DOCUMENTED = readFileSync(new URL('../../../docs/route-snapshot.md', import.meta.url), 'utf8');
const examples = (text: string, language: string): string[] => [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(([, code = '']) => code);
const [file = '', ...moreFiles] = examples(DOCUMENTED.split('## Alone')[1] ?? '', 'json');
const [command = '', ...moreCommands] = examples(DOCUMENTED.split('## Alone')[1] ?? '', 'sh');

/** In place of what the document says of a machine: what this one has free. */
function changed(text: string, parts: Readonly<Record<string, string>>): string {
  return Object.entries(parts).reduce((now, [from, to]) => {
    expect(now.split(from)).toHaveLength(2);
    return now.replace(from, to);
  }, text);
}

let gateway: GatewayProcess | undefined;
afterEach(() => gateway?.stop());

describe('docs/route-snapshot.md', () => {
  it('has examples that are snapshots', () => {
    expect(examples(DOCUMENTED, 'json').map((text) => readSnapshot(text).routes[0]?.hostname)).toEqual(['hello.localhost', 'hello.localhost']);
  });

  it('tells how the gateway is run alone', { timeout: 60_000 }, async () => {
    expect([moreFiles, moreCommands]).toEqual([[], []]);
    const app = await Upstream.open('hello');
    const folder = mkdtempSync(join(tmpdir(), 'weir-alone-'));
    writeFileSync(join(folder, 'routes.json'), changed(file, { '127.0.0.1:8501': app.address }));
    gateway = await GatewayProcess.run(folder, (main, port, adminPort) => changed(command, { '127.0.0.1:8080': `127.0.0.1:${port}`, '=8081': `=${adminPort}`, 'services/gateway/dist/main.js': main }));

    const page = await ask(gateway.port, 'hello.localhost', '/', { headers: DOCUMENT });
    expect([page.status, page.text]).toEqual([200, 'hello']);
    (await openSocket(gateway.port, 'hello.localhost')).terminate();
    expect((await ask(gateway.port, 'other.localhost', '/', { headers: DOCUMENT })).status).toBe(404);
    expect((await ask(gateway.port, 'console.localhost', '/', { headers: DOCUMENT })).status).toBe(503);
    expect((await ask(gateway.adminPort, 'localhost', '/healthz')).status).toBe(200);
    expect(readFileSync(join(folder, 'routes.json.key'), 'utf8')).toHaveLength(44);

    gateway.abandon();
    expect(await gateway.ended).toBe(0);
  });
});
