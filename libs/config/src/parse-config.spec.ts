import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { commaList, ConfigProblems, describeConfig, flag, json, parseConfig, port, secret } from './index.ts';

const Schema = z.object({
  WEIR_PORT: port().describe('Port to listen on'),
  DATABASE_URL: secret().describe('Postgres to use'),
  WEIR_HOSTS: commaList().describe('Hosts that may be reached'),
  WEIR_BUILDS: z.coerce.number().int().default(2).describe('Builds at once'),
  WEIR_INSTANCES: flag().default(true).describe('Whether to run instances'),
  WEIR_IMAGES: json(z.record(z.string(), z.string())).optional().describe('Image per Python version'),
});

const problemsOf = (env: Record<string, string>): ConfigProblems => {
  try {
    parseConfig(Schema, env);
  } catch (error) {
    if (error instanceof ConfigProblems) return error;
  }
  throw new Error('this configuration was accepted');
};

const fileWith = (text: string): string => {
  const file = join(mkdtempSync(join(tmpdir(), 'weir-config-')), 'value');
  writeFileSync(file, text);
  return file;
};

describe('a configuration', () => {
  it('is parsed by type and cannot be changed afterwards', () => {
    const config = parseConfig(Schema, { WEIR_PORT: '80', DATABASE_URL: 'pg', WEIR_HOSTS: 'a, b:1,', WEIR_INSTANCES: 'false', WEIR_IMAGES: '{"3.11":"x"}', OTHER: 'ignored' });
    expect(config).toEqual({ WEIR_PORT: 80, DATABASE_URL: 'pg', WEIR_HOSTS: ['a', 'b:1'], WEIR_BUILDS: 2, WEIR_INSTANCES: false, WEIR_IMAGES: { '3.11': 'x' } });
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('takes a secret from the file its KEY_FILE names', () => {
    expect(parseConfig(Schema, { WEIR_PORT: '1', DATABASE_URL_FILE: fileWith('postgres://db\n') }).DATABASE_URL).toBe('postgres://db');
  });

  it('reports every problem at once', () => {
    const { problems } = problemsOf({ WEIR_PORT: '-1', WEIR_BUILDS: 'many' });
    expect(problems.map(({ key }) => key).sort()).toEqual(['DATABASE_URL', 'WEIR_BUILDS', 'WEIR_PORT']);
  });

  it('says what a missing key is for, and treats an empty one as missing', () => {
    expect(problemsOf({ WEIR_PORT: '1', DATABASE_URL: '' }).message).toContain('DATABASE_URL: must be set: Postgres to use');
  });

  it('refuses a key that is given twice, and a file that cannot be read', () => {
    expect(problemsOf({ WEIR_PORT: '1', DATABASE_URL: 'x', DATABASE_URL_FILE: fileWith('y') }).message).toContain('not both');
    expect(problemsOf({ WEIR_PORT: '1', DATABASE_URL_FILE: '/nonexistent/file' }).message).toContain('ENOENT');
  });

  it('never repeats a value in a problem', () => {
    expect(problemsOf({ WEIR_PORT: 'canary-1', DATABASE_URL: 'canary-2', WEIR_IMAGES: 'canary-3', WEIR_INSTANCES: 'canary-4' }).message).not.toContain('canary');
  });
});

describe('the description of a configuration', () => {
  it('has a row per key, with what it is for, its default and whether it is a secret', () => {
    expect(describeConfig(Schema).slice(0, 4)).toEqual([
      { key: 'WEIR_PORT', description: 'Port to listen on', required: true, default: null, secret: false },
      { key: 'DATABASE_URL', description: 'Postgres to use', required: true, default: null, secret: true },
      { key: 'WEIR_HOSTS', description: 'Hosts that may be reached', required: false, default: '', secret: false },
      { key: 'WEIR_BUILDS', description: 'Builds at once', required: false, default: '2', secret: false },
    ]);
  });
});
