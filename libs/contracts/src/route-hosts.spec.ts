import { describe, expect, it } from 'vitest';
import { Route } from './internal.ts';
import { AppHost, ConsoleHost, HostAddress } from './route-hosts.ts';

const takes = (schema: { safeParse(value: unknown): { success: boolean } }, value: unknown): boolean => schema.safeParse(value).success;

describe('an address that the gateway dials', () => {
  it.each(['172.18.0.2:8501', '[::1]:1', '[fd00::2]:65535', 'localhost:80', 'my_app-1.internal:8501', 'App:8501'])('may be %s', (text) => {
    expect(takes(HostAddress, text)).toBe(true);
  });

  it.each(['', '127.0.0.1', '127.0.0.1:', ':8501', '127.0.0.1:0', '127.0.0.1:65536', '127.0.0.1:99999', '300.1.1.1:80', '::1:80', '[::1]', '[::g]:80', '[fe80::1%eth0]:80', 'http://a:80', 'a:80/', 'a:80?', 'me@a:80', 'a b:80', 'a:80 ', '-a:80'])('is not "%s"', (text) => {
    expect(takes(HostAddress, text)).toBe(false);
  });
});

describe('a host', () => {
  it('is kept in small letters', () => {
    expect(AppHost.parse('Hello.LocalHost')).toBe('hello.localhost');
    expect(ConsoleHost.parse('Console.localhost')).toBe('console.localhost');
  });

  it('has neither scheme nor port nor path', () => {
    for (const text of ['', 'http://a.test', 'a.test:80', 'a.test/x', 'a b', '-a', '*.a.test']) expect(takes(AppHost, text)).toBe(false);
    for (const text of ['', 'http://a.test', 'a.test:80', 'a.test/x', 'a b']) expect(takes(ConsoleHost, text)).toBe(false);
    for (const text of ['a.test', '127.0.0.1', '[::1]', 'xn--bcher-kva.example']) expect([takes(AppHost, text), takes(ConsoleHost, text)]).toEqual([true, true]);
    expect(takes(ConsoleHost, 'my_machine')).toBe(true);
  });
});

describe('a route', () => {
  it('need not say the version of its framework', () => {
    const route = { hostname: 'a.test', app: `app_${'0'.repeat(26)}`, status: 'live', policy: { kind: 'public' }, framework: { name: 'streamlit' }, instances: [] };
    expect(Route.parse(route).framework).toEqual({ name: 'streamlit', version: null });
  });
});
