import { describe, expect, it } from 'vitest';
import { checkToml } from './check-toml.ts';

describe("a secrets editor's text", () => {
  it('is told by the names at its top, never by values', async () => {
    expect(await checkToml('api_key = "hunter2"\n[database]\npassword = "x"\n')).toEqual({ problem: null, names: ['api_key', 'database'] });
  });

  it('is told with line and column where it is not TOML', async () => {
    const { problem } = await checkToml('a = 1\nb = "unclosed\n');
    expect(problem?.line).toBe(2);
    expect(problem?.column).toBeGreaterThan(0);
  });

  it('never repeats what was typed', async () => {
    const { problem } = await checkToml('password = hunter2\n');
    expect(problem?.message).toMatch(/^[A-Z].*\.$/);
    expect(problem?.message).not.toContain('hunter2');
  });

  it('may be empty', async () => {
    expect(await checkToml('')).toEqual({ problem: null, names: [] });
  });
});
