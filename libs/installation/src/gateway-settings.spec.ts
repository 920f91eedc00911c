import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkGateway } from './check-gateway.ts';
import { gatewaySettingsOf } from './gateway-settings.ts';
import { publicNames } from './public-names.ts';
import { Settings } from './settings.ts';

const settings = (given: object = {}) => Settings.parse(given);

describe('what an operator tells the gateway', () => {
  it('is kept for the next start, until that names something else', () => {
    const first = gatewaySettingsOf({ WEIR_TRUSTED_PROXIES: '10.0.0.1', WEIR_METRICS_APPS: '5', PATH: '/bin' }, {});
    expect(first).toEqual({ WEIR_TRUSTED_PROXIES: '10.0.0.1', WEIR_METRICS_APPS: '5' });
    expect(gatewaySettingsOf({ WEIR_METRICS_APPS: '7' }, first)).toEqual({ WEIR_TRUSTED_PROXIES: '10.0.0.1', WEIR_METRICS_APPS: '7' });
  });

  it('is the default again once it is given empty', () => {
    expect(gatewaySettingsOf({ WEIR_METRICS_APPS: '' }, { WEIR_METRICS_APPS: '5' })).toEqual({});
  });

  it('names certificates that are found from anywhere', () => {
    expect(gatewaySettingsOf({ WEIR_TLS_CERTIFICATES: 'a.crt:a.key, /etc/b.crt:/etc/b.key' }, {}).WEIR_TLS_CERTIFICATES).toBe(`${resolve('a.crt')}:${resolve('a.key')},/etc/b.crt:/etc/b.key`);
  });

  it('may neither take the command line’s way in nor its port', async () => {
    await expect(checkGateway('/weir', settings({ gateway: { WEIR_PROXY_PROTOCOL_LISTEN: '[::1]:8080' } }))).rejects.toMatchObject({ code: 'gateway.settings_invalid' });
    await expect(checkGateway('/weir', settings({ gateway: { WEIR_TLS_LISTEN: '0.0.0.0:8080' } }))).rejects.toMatchObject({ code: 'gateway.settings_invalid' });
  });
});

describe('the public names', () => {
  it('are plain http on the public port without TLS', () => {
    expect(publicNames(settings({ port: 8081 }))).toEqual({ consoleUrl: 'http://console.localhost:8081', appsDomain: 'localhost:8081' });
  });

  it('are https on the gateway’s TLS port, or on the one that visitors are sent to', () => {
    expect(publicNames(settings({ gateway: { WEIR_TLS_LISTEN: '127.0.0.1:8443,[::1]:9443' } }))).toEqual({ consoleUrl: 'https://console.localhost:8443', appsDomain: 'localhost:8443' });
    expect(publicNames(settings({ gateway: { WEIR_TLS_LISTEN: '[::]:8443', WEIR_HTTPS_PORT: '443' } }))).toEqual({ consoleUrl: 'https://console.localhost', appsDomain: 'localhost' });
  });

  it('are the operator’s own where they are given', () => {
    const own = { consoleUrl: 'https://weir.example.org', appsDomain: 'apps.example.net' };
    expect(publicNames(settings({ ...own, gateway: { WEIR_TLS_LISTEN: '0.0.0.0:443' } }))).toEqual(own);
  });
});
