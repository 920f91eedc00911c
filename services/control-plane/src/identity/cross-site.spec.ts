import { describe, expect, it } from 'vitest';
import { isFromConsole } from './cross-site.ts';
import { readCookie } from './credentials.ts';

const CONSOLE = 'https://console.example.org';
const from = (headers: Record<string, string>, method = 'POST') => isFromConsole(method, headers, CONSOLE);

describe('a request with a session cookie', () => {
  it('may read from anywhere and change from the console alone', () => {
    expect(from({}, 'GET')).toBe(true);
    expect(from({ origin: CONSOLE })).toBe(true);
    for (const origin of ['https://console.example.org.evil', 'http://console.example.org', 'https://app.example.org', 'null', '']) expect(from({ origin }), origin).toBe(false);
    expect(from({})).toBe(false);
  });

  it('carries JSON or nothing', () => {
    const origin = CONSOLE;
    expect(from({ origin, 'content-length': '2', 'content-type': 'application/json; charset=utf-8' })).toBe(true);
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', '']) expect(from({ origin, 'content-length': '2', 'content-type': type }), type).toBe(false);
    expect(from({ origin, 'transfer-encoding': 'chunked' })).toBe(false);
  });
});

describe('a cookie', () => {
  it('counts only when there is exactly one of its name', () => {
    expect(readCookie('a=1; weir_session=x; b=2', 'weir_session')).toBe('x');
    expect(readCookie('weir_session=x; weir_session=y', 'weir_session')).toBeUndefined();
    expect(readCookie('not_weir_session=x', 'weir_session')).toBeUndefined();
  });
});
