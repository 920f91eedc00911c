import { expect, it } from 'vitest';
import { pythonWords } from './python-words.ts';

it('a Python that is not there yet says that it comes with its first use', () => {
  expect(pythonWords({ version: '3.11', state: 'ready' })).toBe('Python 3.11');
  expect(pythonWords({ version: '3.13', state: 'on-first-need' })).toBe('Python 3.13, prepared on first use');
});
