import { describe, expect, it } from 'vitest';
import { fixture } from './fixtures/read.ts';
import { explainAppLog } from './index.ts';

const raised: [name: string, code: string, said: string][] = [
  ['missing', 'app.missing_module', 'missing.py line 2: the module “cv2” is not installed. Add “opencv-python-headless”'],
  ['secret', 'app.missing_secret', 'secret.py line 4: the app reads secrets, and it has none'],
  ['secretattr', 'app.missing_secret', 'secretattr.py line 2: the secret “token” is not set'],
  ['conn', 'app.missing_secret', 'conn.py line 2'],
  ['removed', 'app.removed_api', 'removed.py line 3: this version of Streamlit has no st.cache. Use st.cache_data or st.cache_resource instead'],
  ['exp', 'app.removed_api', 'exp.py line 2: this version of Streamlit has no st.experimental_rerun. Use st.rerun instead'],
  ['exc', 'app.exception', "exc.py line 8: KeyError: 'nope'"],
  ['lib', 'app.missing_library', 'lib.py line 3: the system library libGL.so.99 is missing. Add “libgl1”'],
  ['shadow', 'app.exception', 'shadow.py line 2: ImportError'],
  ['syntax', 'app.syntax_error', "syntax.py line 2: '(' was never closed"],
];

describe("an app's log", () => {
  it.each(raised)('tells that the script raised (%s): %s', (name, code, said) => {
    const warnings = explainAppLog(fixture(`streamlit/${name}`));
    expect(warnings).toEqual([{ code, message: expect.stringContaining(said), excerpt: expect.stringMatching(/Traceback/) }]);
    expect(warnings[0]?.excerpt?.length).toBeLessThanOrEqual(4000);
  });

  it('has no warning for a traceback that the app only printed', () => {
    expect(explainAppLog(fixture('streamlit/printed'))).toEqual([]);
  });

  it('has one warning however often the same line raised', () => {
    const once = fixture('streamlit/missing');
    expect(explainAppLog([...once, ...once, ...fixture('streamlit/exc')])).toHaveLength(2);
  });

  it('is understood from older releases and with colours', () => {
    const log = ['\u001b[31m2024-01-01 10:00:00.000 Uncaught app exception\u001b[0m', 'Traceback (most recent call last):', '  File "/app/pages/1_Größe.py", line 7, in <module>', '    import yaml', "ModuleNotFoundError: No module named 'yaml'"];
    expect(explainAppLog(log)).toMatchObject([{ code: 'app.missing_module', message: expect.stringContaining('pages/1_Größe.py line 7') }]);
  });

  it('has no warning for a session that is cut off by a stop', () => {
    const log = ['2026-11-23 23:57:51.097 Uncaught app exception', 'Traceback (most recent call last):', '  File "/usr/lib/python3.11/concurrent/futures/thread.py", line 169, in submit', "    raise RuntimeError('cannot schedule new futures after '", 'RuntimeError: cannot schedule new futures after interpreter shutdown'];
    expect(explainAppLog(log)).toEqual([]);
  });

  it('that ends in the middle of a traceback has no warning yet', () => {
    expect(explainAppLog(fixture('streamlit/missing').slice(0, 12))).toEqual([]);
  });
});
