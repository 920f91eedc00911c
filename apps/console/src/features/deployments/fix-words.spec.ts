import { describe, expect, it } from 'vitest';
import { fixWords } from './fix-words.ts';

describe('the button that mends a failure', () => {
  it('says which setting it changes, and that it deploys', () => {
    expect(fixWords({ setting: 'python', value: '3.11' })).toBe('Set Python 3.11 and deploy again');
    expect(fixWords({ setting: 'entryFile', value: 'app.py' })).toBe('Run app.py and deploy again');
    expect(fixWords({ setting: 'memoryMib', value: 1024 })).toBe('Give it 1 GiB of memory and deploy again');
  });
});
