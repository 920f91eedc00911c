import { describe, expect, it } from 'vitest';
import { exposureOf } from './exposure.ts';
import { Settings } from './settings.ts';

const said = (given: object) => exposureOf(Settings.parse(given));
const named = { consoleUrl: 'https://weir.example.org', appsDomain: 'apps.example.net' };

describe('what an operator is told of the public addresses', () => {
  it('is nothing while only this machine reaches them', () => {
    expect(said({})).toBeUndefined();
    expect(said({ listen: ['127.0.0.1'] })).toBeUndefined();
  });

  it('is that apps are public there, and that nothing is encrypted', () => {
    expect(said({ listen: ['0.0.0.0'] })).toMatch(/public to whoever reaches 0\.0\.0\.0:8080\. TLS is off.*WEIR_APPS_DOMAIN/);
  });

  it('is where TLS is spoken, and what becomes of plain visits', () => {
    const gateway = { WEIR_TLS_LISTEN: '0.0.0.0:443' };
    expect(said({ ...named, listen: ['0.0.0.0:80'], gateway: { ...gateway, WEIR_HTTPS_PORT: '443' } })).toBe(
      'Apps and the console are public to whoever reaches 0.0.0.0:80, 0.0.0.0:443. TLS is on at 0.0.0.0:443; plain visits are sent to https on port 443.',
    );
    expect(said({ ...named, gateway })).toMatch(/plain visits are served without it\.$/);
  });
});
