import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { type ConfigRow, describeConfig } from '../../libs/config/src/index.ts';
import { GATEWAY_VARIABLES } from '../../libs/installation/src/gateway-settings.ts';
import { WORKER_VARIABLES } from '../../libs/installation/src/worker-settings.ts';
import { configSchema } from '../../services/control-plane/src/config.ts';
import { GatewayConfig } from '../../services/gateway/src/config.ts';
import { WorkerConfig } from '../../services/worker/src/config.ts';

const FILE = fileURLToPath(new URL('../../docs/configuration.md', import.meta.url));

const row = ({ key, description, required, default: value, secret }: ConfigRow): string =>
  `| \`${key}\` | ${description.replace(/\.$/, '').replaceAll('|', '\\|')} | ${required ? 'required' : value === null || value === '' ? '' : `\`${value}\``} | ${secret ? 'yes' : ''} |`;

const table = (title: string, rows: ConfigRow[]): string => `## ${title}\n\n| Key | Means | Default | Secret |\n|---|---|---|---|\n${rows.map(row).join('\n')}\n`;

const page = (): string =>
  [
    '# Configuration\n\nGenerated from each process’s schema; `UPDATE_DOCS=1 ./weir test unit` writes it anew.\n\n`./weir up` and `docker-compose.yml` set all of this by themselves. A key marked secret may be given as `KEY_FILE`, the path of a file that holds it.\n',
    table('Control plane', describeConfig(configSchema)),
    table('Worker', describeConfig(WorkerConfig)),
    table('Gateway', describeConfig(GatewayConfig)),
    '## Console\n\n| Key | Means |\n|---|---|\n| `PORT`, `HOSTNAME` | where it listens |\n| `WEIR_API_URL` | the control plane, as the console’s server reaches it |\n| `WEIR_CONSOLE_URL` | where people open the console |\n',
    '## `./weir up`\n\nWhat a start names is kept for the next one, as `--port`, `--listen` and `--allow-git-host` are; naming something else restarts the platform with it.\n\n| Key | Means |\n|---|---|\n| `DATABASE_URL` | an outside Postgres instead of the embedded one |\n| `REDIS_URL` | Redis for the queue and live channels |\n| `DOCKER_HOST` | the Docker Engine |\n| `WEIR_CONSOLE_URL`, `WEIR_APPS_DOMAIN` | public names instead of `*.localhost`; with `WEIR_TLS_LISTEN` those are https; empty returns to them |\n|' +
      `${GATEWAY_VARIABLES.map((key) => ` \`${key}\``).join(',')}` +
      ' | what the gateway’s key of that name means; empty returns to its default. `WEIR_PROXY_PROTOCOL_LISTEN` names addresses of `--listen` or `WEIR_TLS_LISTEN` |\n|' +
      `${WORKER_VARIABLES.map((key) => ` \`${key}\``).join(',')}` +
      ' | what the worker’s key of that name means; empty returns to its default ([runtimes](container-runtimes.md), [Dockerfiles and packages](build-plan.md)) |\n| `WEIR_TRUST_TENANTS` | as `--trust-tenants`: start though no firewall keeps apps from this host, each other and private networks ([what holds an app](sandbox.md)); empty is `false` |\n| `WEIR_CA_BUNDLE` | certificate authorities that builds trust; else `SSL_CERT_FILE` |\n| `WEIR_BUILDS`, `WEIR_BUILD_MINUTES`, `WEIR_MAX_BUILDS_PER_WORKSPACE`, `WEIR_MAX_QUEUED_BUILDS`, `WEIR_KEPT_RELEASES` | what the key of that name means to worker and control plane; named at each start, not kept |\n| `UV_DEFAULT_INDEX`, `PIP_INDEX_URL` | the Python package index |\n',
  ].join('\n');

it('docs/configuration.md is what the schemas say', () => {
  if (process.env['UPDATE_DOCS']) writeFileSync(FILE, page());
  expect(readFileSync(FILE, 'utf8')).toBe(page());
});

it('`./weir up` takes no key for the gateway that the gateway does not know', () => {
  expect(Object.keys(GatewayConfig.shape)).toEqual(expect.arrayContaining([...GATEWAY_VARIABLES]));
});

it('`./weir up` takes no key for the worker that the worker does not know', () => {
  expect(Object.keys(WorkerConfig.shape)).toEqual(expect.arrayContaining([...WORKER_VARIABLES]));
});
