import { describe, expect, it } from 'vitest';
import { memoryWords } from './memory-words.ts';

describe('an amount of memory', () => {
  it('is told in the unit that reads best', () => {
    expect([512, 1024, 1536, 3072].map(memoryWords)).toEqual(['512 MiB', '1 GiB', '1.5 GiB', '3 GiB']);
  });
});
