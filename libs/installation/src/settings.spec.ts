import { describe, expect, it } from 'vitest';
import { settingsOf } from './settings.ts';

describe('the names of a platform', () => {
  it('are kept as an origin and a domain', () => {
    expect(settingsOf({ WEIR_CONSOLE_URL: 'https://Weir.example.org/', WEIR_APPS_DOMAIN: 'Apps.example.net:8443' })).toEqual({ consoleUrl: 'https://weir.example.org', appsDomain: 'apps.example.net:8443' });
  });

  it('are this machine’s own again once they are given empty', () => {
    expect(settingsOf({ WEIR_CONSOLE_URL: '', WEIR_APPS_DOMAIN: '' })).toEqual({ consoleUrl: null, appsDomain: null });
  });

  it.each(['weir.example.org', 'ftp://weir.example.org', 'https://weir.example.org/console', 'https://me:pw@weir.example.org'])('%s is no address of a console', (text) => {
    expect(() => settingsOf({ WEIR_CONSOLE_URL: text })).toThrow(expect.objectContaining({ code: 'names.invalid' }));
  });

  it.each(['https://apps.example.net', '*.apps.example.net', 'apps.example.net/', 'apps..net', '.net'])('%s is no domain of apps', (text) => {
    expect(() => settingsOf({ WEIR_APPS_DOMAIN: text })).toThrow(expect.objectContaining({ code: 'names.invalid' }));
  });
});

describe('a store from outside', () => {
  it('is not left because its variable is empty', () => {
    expect(settingsOf({ DATABASE_URL: '', REDIS_URL: '' })).toEqual({});
  });
});

describe('trust in tenants', () => {
  it('is given by true alone, and taken by false or nothing', () => {
    expect(['true', 'false', ''].map((text) => settingsOf({ WEIR_TRUST_TENANTS: text }))).toEqual([{ trustTenants: true }, { trustTenants: false }, { trustTenants: false }]);
    expect(settingsOf({})).toEqual({});
  });

  it.each(['yes', '1', 'TRUE', 'on'])('is not given by %s', (text) => {
    expect(() => settingsOf({ WEIR_TRUST_TENANTS: text })).toThrow(expect.objectContaining({ code: 'trust_tenants.invalid' }));
  });
});
