import { describe, expect, it } from 'vitest';
import { instanceState } from './instance-state.ts';

describe('one word for an instance', () => {
  it.each([
    ['running', 'healthy', 'healthy'],
    ['running', 'starting', 'starting'],
    ['running', 'frozen', 'waking'],
    ['frozen', 'healthy', 'freezing'],
    ['frozen', 'frozen', 'frozen'],
    ['draining', 'healthy', 'draining'],
    ['draining', 'crashed', 'crashed'],
    ['stopped', 'healthy', 'stopping'],
    ['stopped', 'stopped', 'stopped'],
  ] as const)('asked to be %s and seen %s it is %s', (desired, status, word) => {
    expect(instanceState({ desired, status })).toBe(word);
  });
});
