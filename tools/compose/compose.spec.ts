import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { GATEWAY_VARIABLES } from '../../libs/installation/src/gateway-settings.ts';
import { GATEWAY_NODE_OPTIONS } from '../../libs/installation/src/process-spec.ts';
import { configSchema } from '../../services/control-plane/src/config.ts';
import { GatewayConfig } from '../../services/gateway/src/config.ts';
import { WorkerConfig } from '../../services/worker/src/config.ts';

const Service = z.object({
  environment: z.record(z.string(), z.string()).default({}),
  volumes: z.array(z.string()).default([]),
  ports: z.array(z.string()).default([]),
  read_only: z.literal(true),
  cap_drop: z.tuple([z.literal('ALL')]),
  cap_add: z.array(z.string()).default([]),
  security_opt: z.tuple([z.literal('no-new-privileges:true')]),
  privileged: z.literal(false).default(false),
  logging: z.object({ options: z.object({ 'max-size': z.string() }) }),
  restart: z.enum(['unless-stopped', 'no']),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
});
const read = (path: string): string => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');
const text = read('docker-compose.yml');
const { services } = z.object({ services: z.record(z.string(), Service) }).parse(parse(text, { merge: true }));
const dockerfile = read('infra/compose/Dockerfile');

const all = Object.entries(services);
const those = (has: (service: z.infer<typeof Service>) => boolean): string[] => all.filter(([, service]) => has(service)).map(([name]) => name);
/** What a bind or volume names on the host: what comes before the container's path. */
const mounts = (service: z.infer<typeof Service>, what: string): boolean => service.volumes.some((volume) => volume.includes(what));

const SCHEMAS: Record<string, z.ZodObject> = { 'control-plane': configSchema, worker: WorkerConfig, gateway: GatewayConfig };

describe('docker-compose.yml', () => {
  it('runs the stores and the four processes, each with a health check and started again', () => {
    expect(those(({ restart, healthcheck }) => restart === 'unless-stopped' && healthcheck !== undefined).toSorted()).toEqual(['console', 'control-plane', 'gateway', 'postgres', 'redis', 'worker']);
  });

  it('gives the socket of the engine, and rights beyond a user’s, to the worker alone', () => {
    expect(those((service) => mounts(service, 'docker.sock'))).toEqual(['worker']);
    expect(those(({ cap_add: added }) => added.length > 0)).toEqual(['worker']);
  });

  it('gives each process its own keys and no other’s', () => {
    for (const [name, service] of all) {
      const keys = service.volumes.flatMap((volume) => /\/keys\/([a-z-]+):\/run\/weir-keys:ro$/.exec(volume)?.[1] ?? []);
      const own: Record<string, string[]> = { prepare: [], weir: [], console: [], 'prepare-database': ['control-plane'] };
      expect(keys, name).toEqual(own[name] ?? [name]);
    }
    expect(those((service) => mounts(service, ':/weir/.weir'))).toEqual(['prepare', 'weir']);
  });

  it.each(Object.entries(SCHEMAS))('tells %s what its configuration asks for, and nothing that it does not know', (name, schema) => {
    const given = Object.keys(services[name]?.environment ?? {}).map((key) => (key in schema.shape ? key : key.replace(/_FILE$/, '')));
    expect(given.filter((key) => !(key in schema.shape))).toEqual([]);
    const required = Object.entries(schema.shape).filter(([, field]) => !(field as z.ZodType).safeParse(undefined).success).map(([key]) => key);
    expect(given).toEqual(expect.arrayContaining(required));
  });

  it('lets an operator tell the gateway all that `./weir up` takes, with the gateway’s own defaults', () => {
    expect(services['gateway']?.environment).toMatchObject(Object.fromEntries(GATEWAY_VARIABLES.map((key) => [key, `\${${key}:-}`])));
  });

  it('runs the gateway with the memory settings of `./weir up`, and so does the benchmark', () => {
    const written = (quote: string): string => GATEWAY_NODE_OPTIONS.map((option) => `${quote}${option}${quote}, `).join('');
    expect(dockerfile).toContain(`CMD [${written('"')}"services/gateway/dist/main.js"]`);
    expect(read('bench/src/gateway/peers/weir.ts')).toContain(`args: [${written("'")}`);
  });

  it('holds no secret: secrets are files', () => {
    const secrets = all.flatMap(([, { environment }]) => Object.entries(environment)).filter(([key]) => /TOKEN|PASSWORD|KEY|DATABASE_URL|REDIS_URL/.test(key));
    expect(secrets.length).toBeGreaterThan(0);
    for (const [key, value] of secrets) expect(`${key}=${value}`).toMatch(/^\w+_FILE=\/run\/weir-keys\/[a-z-]+$/);
  });

  it('is reached over loopback unless an operator says otherwise', () => {
    for (const { ports } of Object.values(services)) for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
    expect(services['gateway']?.environment['WEIR_LISTEN']).toMatch(/^\$\{WEIR_LISTEN:-127\.0\.0\.1:\d+,\[::1\]:\d+\}$/);
  });

  it('names every base image by a build argument', () => {
    const stages = [...dockerfile.matchAll(/^FROM (\S+) AS (\S+)$/gm)].map(([, from = '', name = '']) => ({ from, name }));
    const known = new Set(stages.map(({ name }) => name));
    for (const { from } of stages) expect(known.has(from) || /^\$\{(NODE|POSTGRES|REDIS)_IMAGE\}$/.test(from), from).toBe(true);
  });
});
