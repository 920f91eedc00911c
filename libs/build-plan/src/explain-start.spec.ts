import { describe, expect, it } from 'vitest';
import { fixture } from './fixtures/read.ts';
import { explainFailure, type FailureFacts } from './index.ts';

const start = (over: Partial<FailureFacts>) => explainFailure({ phase: 'start', exitCode: 1, signal: null, oom: false, timedOut: false, log: [], plan: null, port: 8501, allowed: { seconds: 120, memoryMib: 512 }, ...over });

/** What servers and Python really printed; without an exit code the app ran until its time was over. */
const TABLE: [fixture: string, exitCode: number | null, code: string, message: string, hint: string][] = [
  ['bad-option', 2, 'app.exited', "The app ended with exit code 2 before it answered: No such option '--logger.hideWelcomeMessage'. Did you mean '--logger.messageFormat'?", 'Look at the last lines of the log: something ends the process, such as sys.exit() or a library that does not fit this Python.'],
  ['blocks', null, 'app.start_timeout', 'The app runs, but did not answer its health check within 120 seconds.', 'Something keeps it from serving: work that takes long, a wait for another server, or a prompt. Do that when a page is opened, and let the server start first.'],
  ['missing-module', 1, 'app.missing_module', 'raises.py line 3: the module “cv2” is not installed.', 'Add “opencv-python-headless” to the dependency file; if it is a file of your own, commit it.'],
  ['nothing-to-serve', 1, 'entry.nothing_to_serve', 'noapp.py starts no server, and has no server, app or application that could be served.', 'Choose the script that makes the app as the entry file, or give the app one of these names in it.'],
  ['other-port-http', null, 'app.wrong_port', 'The app listens on 127.0.0.1:8123, where the platform cannot reach it: it has to listen on 0.0.0.0:8501.', 'Take host and port from the variables HOST and PORT, such as port=int(os.environ["PORT"]).'],
  ['other-port-uvicorn', null, 'app.wrong_port', 'The app listens on 127.0.0.1:9000, where the platform cannot reach it: it has to listen on 0.0.0.0:8501.', 'Take host and port from the variables HOST and PORT, such as port=int(os.environ["PORT"]).'],
  ['other-port-werkzeug', null, 'app.wrong_port', 'The app listens on 127.0.0.1:5005, where the platform cannot reach it: it has to listen on 0.0.0.0:8501.', 'Take host and port from the variables HOST and PORT, such as port=int(os.environ["PORT"]).'],
  ['port-taken', 1, 'app.port_taken', 'The app ended because something in it already listens on the port that it asks for.', 'Start one server only, and none of your own on the port in the variable PORT.'],
  ['printed-traceback', 3, 'app.exited', 'The app ended with exit code 3 before it answered.', 'Look at the last lines of the log: something ends the process, such as sys.exit() or a library that does not fit this Python.'],
  ['shadowed-package', 1, 'app.exception', 'The app ended before it answered: attr.py line 2: attr.py is imported in place of the module attr.', 'Give attr.py another name.'],
  ['wrong-numpy', 1, 'app.exception', 'The app ended before it answered: ImportError: pyarrow requires NumPy 2.0 or newer, found 1.26.4.', 'Ask for versions of the two that were released at about the same time.'],
];

describe('an app that does not start', () => {
  it.each(TABLE)('is explained: %s', (name, exitCode, code, message, hint) => {
    expect(start({ exitCode, timedOut: exitCode === null, log: fixture(`serve/${name}`) })).toEqual({ code, phase: 'start', message, hint, excerpt: expect.any(String) });
  });

  it('is said to miss what its framework imports, with what that framework was made for', () => {
    const log = ['Traceback (most recent call last):', '  File "/opt/weir/entry.py", line 9, in <module>', '    import streamlit', '  File "/opt/env/lib/python3.11/site-packages/streamlit/__init__.py", line 50, in <module>', '    import altair', "ModuleNotFoundError: No module named 'altair.vegalite.v4'"];
    expect(start({ log })).toMatchObject({ code: 'app.missing_module', message: 'The module “altair.vegalite.v4” is not installed.', hint: expect.stringContaining('altair<5') });
  });

  it('is said to have used too much memory, and how much it had, only where the kernel killed it', () => {
    expect(start({ exitCode: 137, oom: true })).toMatchObject({ code: 'app.out_of_memory', message: 'The app used more than its 512 MiB of memory while it started.', fix: { setting: 'memoryMib', value: 1024 } });
    expect(start({ exitCode: null, signal: 'SIGKILL', log: ['caught MemoryError, using the small model'] })).toMatchObject({ code: 'app.exited', message: 'The app was ended by the signal SIGKILL before it answered.' });
    expect(start({ exitCode: 3, log: ['MemoryError'] })).toMatchObject({ code: 'app.exited' });
  });

  it('is not explained by a traceback that it printed and survived for long', () => {
    expect(start({ log: [...fixture('serve/printed-traceback'), ...Array.from({ length: 9 }, (_, i) => `step ${i}`)] })).toMatchObject({ code: 'app.exited', message: 'The app ended with exit code 1 before it answered.' });
  });

  it('is not explained by what a session of it raised', () => {
    expect(start({ log: fixture('streamlit/exc').slice(0, -1) }).code).toBe('app.exited');
  });

  it('is told which line to correct, where nothing more is known', () => {
    expect(start({ log: fixture('serve/printed-traceback') })).toMatchObject({ code: 'app.exception', message: "The app ended before it answered: handled.py line 4: KeyError: 'a'.", hint: 'Correct what that line does, and push again.' });
  });

  it('is not explained by what ended one of its threads', () => {
    const log = ['Exception in thread Thread-1 (work):', 'Traceback (most recent call last):', '  File "/usr/lib/python3.11/threading.py", line 1045, in _bootstrap_inner', '    self.run()', '  File "/app/app.py", line 5, in work', "    {}['a']", "KeyError: 'a'"];
    expect(start({ log })).toMatchObject({ code: 'app.exited', message: 'The app ended with exit code 1 before it answered.' });
  });

  it('is not said to listen elsewhere where it listens in both places', () => {
    const log = ['INFO:     Uvicorn running on http://127.0.0.1:9000 (Press CTRL+C to quit)', 'INFO:     Uvicorn running on http://0.0.0.0:8501 (Press CTRL+C to quit)'];
    expect(start({ exitCode: null, timedOut: true, log }).code).toBe('app.start_timeout');
  });

  it('is not said to listen elsewhere because of an address for browsers', () => {
    expect(start({ exitCode: null, timedOut: true, log: ['  URL: http://app.example:80', 'NiceGUI ready to go on http://localhost:8501'] }).code).toBe('app.start_timeout');
  });

  it('cannot pass its own words off as those of the installer', () => {
    expect(start({ exitCode: 1, log: fixture('uv/package-not-found') }).code).toBe('app.exited');
  });
});
