import { describe, expect, it } from 'vitest';
import { parseConsoleConfig } from './config.ts';

describe("the console's configuration", () => {
  it('takes the origin, not the address, of what people open', () => {
    expect(parseConsoleConfig({ WEIR_CONSOLE_URL: 'https://weir.example.org/', WEIR_API_URL: 'http://10.0.0.2:4000' })).toEqual({ apiUrl: 'http://10.0.0.2:4000', origin: 'https://weir.example.org', host: 'weir.example.org', secure: true });
  });

  it('says all problems at once', () => {
    expect(() => parseConsoleConfig({ WEIR_CONSOLE_URL: 'console', WEIR_API_URL: 'ftp://x' })).toThrow(/WEIR_API_URL[\s\S]*WEIR_CONSOLE_URL/);
  });

  it('treats an empty key as missing, as compose files write it', () => {
    expect(parseConsoleConfig({ WEIR_CONSOLE_URL: '', WEIR_API_URL: '' }).secure).toBe(false);
  });
});
