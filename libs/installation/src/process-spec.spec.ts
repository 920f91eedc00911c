import { describe, expect, it } from 'vitest';
import type { DataFolder } from './data-folder.ts';
import { processSpecs, type UpPlan } from './process-spec.ts';

const data = { installation: 'abcdefgh', file: (...names: string[]) => `/data/${names.join('/')}`, secret: (name: string) => `/data/${name}` } as unknown as DataFolder;
const plan = (given: Partial<UpPlan>): UpPlan => ({
  root: '/weir', dataDir: '/data', port: 8080, listen: [], ports: { postgres: 1, controlPlane: 2, worker: 3, console: 4, gatewayAdmin: 5 },
  postgres: { programs: '/programs', data: '/data/postgres' }, databaseUrl: 'postgresql://weir@db/weir', queueUrl: 'postgresql://weir_queue@db/weir', redisUrl: null,
  consoleUrl: 'http://console.localhost:8080', appsDomain: 'localhost:8080', gateway: {}, worker: {}, allowedGitHosts: [], trustTenants: false, baseImages: {}, builderImages: {}, sources: { indexUrl: 'https://pypi.org/simple', egressHosts: [], caBundle: undefined }, ...given,
});
const named = (given: Partial<UpPlan>) => Object.fromEntries(processSpecs(plan(given), data).map((spec) => [spec.name, spec]));

describe('the processes of an installation', () => {
  it('begin with its own PostgreSQL, which carries the queue too', () => {
    const specs = named({});
    expect(Object.keys(specs)).toEqual(['postgres', 'control-plane', 'worker', 'console', 'gateway']);
    expect([specs['control-plane']?.env['REDIS_URL'], specs['worker']?.env['REDIS_URL']]).toEqual([undefined, undefined]);
  });

  it('are told of a PostgreSQL and a Redis outside, and then none of its own is run', () => {
    const specs = named({ postgres: null, redisUrl: 'redis://cache:6379' });
    expect(specs).not.toHaveProperty('postgres');
    expect(specs['control-plane']?.env).toMatchObject({ DATABASE_URL: 'postgresql://weir@db/weir', REDIS_URL: 'redis://cache:6379' });
    expect(specs['worker']?.env).toMatchObject({ REDIS_URL: 'redis://cache:6379' });
  });

  it('tell the gateway what the operator chose, and nobody else', () => {
    const specs = named({ gateway: { WEIR_TLS_LISTEN: '0.0.0.0:443', WEIR_MAX_BODY_MIB: '10' } });
    expect(specs['gateway']?.env).toMatchObject({ WEIR_TLS_LISTEN: '0.0.0.0:443', WEIR_MAX_BODY_MIB: '10' });
    for (const name of ['control-plane', 'worker', 'console']) expect(JSON.stringify(specs[name]?.env), name).not.toMatch(/TLS_LISTEN|MAX_BODY/);
  });

  it('tell the worker what the operator chose, and nobody else', () => {
    const specs = named({ worker: { WEIR_CONTAINER_RUNTIME: 'runsc', WEIR_DOCKERFILES: 'true' } });
    expect(specs['worker']?.env).toMatchObject({ WEIR_CONTAINER_RUNTIME: 'runsc', WEIR_DOCKERFILES: 'true' });
    for (const name of ['control-plane', 'gateway', 'console']) expect(JSON.stringify(specs[name]?.env), name).not.toMatch(/CONTAINER_RUNTIME|DOCKERFILES/);
  });

  it('tell the worker whether tenants are trusted', () => {
    expect([named({}), named({ trustTenants: true })].map((specs) => specs['worker']?.env['WEIR_TRUST_TENANTS'])).toEqual(['false', 'true']);
  });

  it('hold one dangerous thing each', () => {
    const specs = named({ redisUrl: 'redis://cache:6379' });
    for (const name of ['worker', 'console', 'gateway']) expect(JSON.stringify(specs[name]?.env), name).not.toMatch(/"DATABASE_URL"|MASTER_KEY/);
    for (const name of ['console', 'gateway']) expect(JSON.stringify(specs[name]?.env), name).not.toMatch(/QUEUE_DATABASE_URL|REDIS_URL|DOCKER_HOST/);
    expect(specs['console']?.env).not.toHaveProperty('WEIR_MASTER_KEY_FILE');
  });
});
