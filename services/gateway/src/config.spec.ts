import { ConfigProblems, parseConfig } from '@weir/config';
import { describe, expect, it } from 'vitest';
import { GatewayConfig } from './config.ts';

const LEAST = { WEIR_LISTEN: '127.0.0.1:8080,[::1]:8080', WEIR_ADMIN_PORT: '0', WEIR_CONTROL_PLANE_URL: 'http://127.0.0.1:1', WEIR_WORKER_URL: 'http://127.0.0.1:2', WEIR_CONSOLE_INTERNAL_URL: 'http://127.0.0.1:3', WEIR_INTERNAL_TOKEN: 'token', WEIR_SNAPSHOT_FILE: '/routes.json' };

const problemsOf = (env: Record<string, string>): string[] => {
  try {
    parseConfig(GatewayConfig, { ...LEAST, ...env });
  } catch (error) {
    if (error instanceof ConfigProblems) return error.problems.map(({ key }) => key.split('.')[0] ?? key);
  }
  throw new Error('this configuration was accepted');
};

describe('the gateway\'s configuration', () => {
  it('needs nothing for plain http without a proxy', () => {
    expect(parseConfig(GatewayConfig, LEAST)).toMatchObject({ WEIR_LISTEN: ['127.0.0.1:8080', '[::1]:8080'], WEIR_TLS_LISTEN: [], WEIR_TRUSTED_PROXIES: [], WEIR_MAX_CONNECTIONS_PER_ADDRESS: 2_000, WEIR_MAX_NEW_CONNECTIONS_PER_ADDRESS: 500, WEIR_MAX_CONNECTIONS_PER_APP: 5_000 });
  });

  it('names certificates by their files', () => {
    const { WEIR_TLS_CERTIFICATES: certificates } = parseConfig(GatewayConfig, { ...LEAST, WEIR_TLS_LISTEN: '0.0.0.0:443', WEIR_TLS_CERTIFICATES: '/a.crt:/a.key, /b.crt:/b.key' });
    expect(certificates).toEqual([{ certificate: '/a.crt', key: '/a.key' }, { certificate: '/b.crt', key: '/b.key' }]);
  });

  it.each<[string, Record<string, string>]>([
    ['WEIR_LISTEN', { WEIR_LISTEN: '' }],
    ['WEIR_LISTEN', { WEIR_LISTEN: '8080' }],
    ['WEIR_TLS_CERTIFICATES', { WEIR_TLS_LISTEN: '0.0.0.0:443' }],
    ['WEIR_TLS_CERTIFICATES', { WEIR_TLS_CERTIFICATES: '/a.pem' }],
    ['WEIR_TRUSTED_PROXIES', { WEIR_TRUSTED_PROXIES: 'proxy.internal' }],
    ['WEIR_TRUSTED_PROXIES', { WEIR_PROXY_PROTOCOL_LISTEN: '[::1]:8080' }],
    ['WEIR_PROXY_PROTOCOL_LISTEN', { WEIR_TRUSTED_PROXIES: '10.0.0.0/8', WEIR_PROXY_PROTOCOL_LISTEN: '0.0.0.0:1' }],
    ['WEIR_MAX_CONNECTIONS_PER_APP', { WEIR_MAX_CONNECTIONS_PER_APP: '0' }],
  ])('is refused for %s when it is %j', (key, env) => expect(problemsOf(env)).toEqual([key]));
});
