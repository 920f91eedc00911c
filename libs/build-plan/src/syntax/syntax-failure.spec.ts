import { describe, expect, it } from 'vitest';
import { syntaxFailure } from './syntax-failure.ts';

const of = (source: string, pythons: readonly string[] = ['3.9', '3.11', '3.13', '3.14']) => syntaxFailure({ path: 'app.py', line: 2, message: "f-string: expecting '}'", text: source }, `import streamlit\n${source}\n`, { python: '3.11', pythons });

describe('a script that does not compile', () => {
  it('is told the Python that it is written for, with the oldest of those there are as the fix', () => {
    expect(of('print(f"{d["a"]}")')).toMatchObject({
      code: 'app.syntax_error', message: "app.py:2: this line is written for Python 3.12 or newer, and the app runs on 3.11 (f-string: expecting '}').", fix: { setting: 'python', value: '3.13' },
    });
  });

  it('is told so where there is no such Python', () => {
    expect(of('print(f"{d["a"]}")', ['3.9', '3.11'])).toMatchObject({ hint: 'Write the line as Python 3.11 reads it.' });
  });

  it('is told the fault where no Python reads it', () => {
    expect(of('print(f"{")')).toEqual({ code: 'app.syntax_error', phase: 'plan', message: "app.py:2: f-string: expecting '}'.", hint: 'Correct that line and push again.', excerpt: '  File "app.py", line 2\n    print(f"{")\nSyntaxError: f-string: expecting \'}\'' });
  });
});
