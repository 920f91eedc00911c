import { describe, expect, it } from 'vitest';
import { fixture } from './fixtures/read.ts';
import { type BuildPlan, explainFailure, type FailureFacts, planBuild } from './index.ts';

const REQUIREMENTS = ['streamlit==1.20.0', 'protobuf == 5.29.0', 'numpy==1.26.4', 'numpy==1.25.0', 'pandsa-does-not-exist-weir', 'psycopg2==2.9.9'].join('\n');

function plan(): BuildPlan {
  const files = Object.entries({ 'app.py': 'import streamlit', 'requirements.txt': REQUIREMENTS }).map(([path, text]) => [path, { size: text.length, text }] as const);
  const answer = planBuild({ files: new Map(files) }, { entryFile: null, python: null, pythons: ['3.11'], defaultPython: '3.11' });
  if (!answer.ok) throw new Error(answer.failure.message);
  return answer.plan;
}

const facts = (over: Partial<FailureFacts>): FailureFacts => ({ phase: 'environment', exitCode: 1, signal: null, oom: false, timedOut: false, log: [], plan: plan(), ...over });

const uv: [name: string, code: string, said: string, hint: string][] = [
  ['package-not-found', 'build.package_not_found', '“pandsa-does-not-exist-weir” (requirements.txt line 5)', 'spelling'],
  ['pkg-resources', 'build.package_not_found', 'pkg-resources', 'Remove the line'],
  ['version-not-found', 'build.version_not_found', 'There is no numpy==99.1.0', 'exists'],
  ['streamlit-version', 'build.version_not_found', 'There is no streamlit==1.99.0 (requirements.txt line 1)', 'streamlit'],
  ['version-beyond-newest', 'build.version_not_found', 'the newest is 1.67.0', 'streamlit<=1.67.0'],
  ['conflict-direct', 'build.resolution_conflict', 'requirements.txt line 3 asks for numpy==1.26.4, but requirements.txt line 4 asks for numpy==1.25.0', 'numpy'],
  ['conflict-transitive', 'build.resolution_conflict', 'streamlit==1.20.0 needs protobuf>=3.12,<4, but requirements.txt line 2 asks for protobuf==5.29.0', 'protobuf'],
  ['conflict-with-marker', 'build.resolution_conflict', 'pandas==2.2.3 needs numpy>=1.23.2', 'numpy'],
  ['requires-python', 'build.python_mismatch', 'numpy==2.5.0', '>=3.12'],
  ['abi-tag', 'build.python_mismatch', 'Python 3.7, 3.8, 3.9, 3.10 only', 'Python 3.10'],
  ['abi-tag-torch', 'build.python_mismatch', 'torch==1.10.0', 'Python 3.9'],
  ['project-requires-python', 'build.python_mismatch', 'needs Python >=3.13', '3.13'],
  ['lock-requires-python', 'build.python_mismatch', '>=3.13', 'Python'],
  ['setup-refuses-python', 'build.python_mismatch', 'llvmlite==0.36.0 supports only Python >=3.6,<3.10', 'older Python'],
  ['windows-only', 'build.platform_mismatch', 'Windows only', "sys_platform == 'win32'"],
  ['only-binary', 'build.wheel_missing', 'numpy==1.19.5', 'newer version'],
  ['pg-config-missing', 'build.compiler_missing', 'pg_config is missing', 'psycopg2-binary'],
  ['pkg-config-missing', 'build.compiler_missing', 'mysqlclient==2.2.4', 'default-libmysqlclient-dev'],
  ['header-missing', 'build.compiler_missing', 'lber.h is missing', 'libldap2-dev'],
  ['sdist-broken', 'build.package_build_failed', 'pywinpty==2.0.13', 'newer version'],
  ['flat-layout', 'build.package_build_failed', 'setuptools found several folders', '[build-system]'],
  ['renamed', 'build.package_renamed', 'sklearn', '“scikit-learn”'],
  ['git-refused', 'build.git_dependency_failed', 'https://127.0.0.1:9/x/y.git', 'URL'],
  ['git-not-installed', 'build.git_dependency_failed', 'https://127.0.0.1:9/x/y.git', 'archive'],
  ['hash-mismatch', 'build.hash_mismatch', 'six==1.16.0', 'hashes'],
  ['local-file-missing', 'build.local_package_missing', 'file:///croot/', 'your own computer'],
  ['local-folder-missing', 'build.local_package_missing', 'lib', 'root of the repository'],
  ['url-404', 'build.download_failed', '404 Not Found', 'URL'],
  ['index-refused', 'build.index_unreachable', 'http://127.0.0.1:9/simple/numpy/', 'operator'],
  ['index-name', 'build.index_unreachable', 'https://nosuch.invalid', 'operator'],
  ['disk-full', 'build.disk_full', 'disk space', 'large'],
  ['conda-list', 'plan.requirements_unreadable', 'bad.txt', 'one package a line'],
  ['py-compile', 'app.syntax_error', 'syn.py line 1: invalid syntax', 'that line'],
  ['compileall', 'app.syntax_error', 'syn.py line 1: invalid syntax', 'that line'],
];

describe('a failed build', () => {
  it.each(uv)('explains %s from what was really printed: %s', (name, code, said, hint) => {
    const failure = explainFailure(facts({ log: fixture(`uv/${name}`) }));
    expect(failure).toMatchObject({ code, phase: 'environment', message: expect.stringContaining(said), hint: expect.stringContaining(hint) });
    expect(failure.excerpt?.length).toBeGreaterThan(10);
    expect(failure.excerpt?.length).toBeLessThanOrEqual(4000);
  });

  it.each([['pandsa', 'pandas'], ['numppy', 'numpy'], ['streamlt', 'streamlit'], ['cv2', 'opencv-python-headless'], ['bs4', 'beautifulsoup4'], ['matplotib', 'matplotlib']])('guesses that %s was meant to be %s', (name, meant) => {
    const log = ['error: No solution found when resolving dependencies', `  cause: Because ${name} was not found in the package registry and you require ${name}, we can conclude that your requirements are unsatisfiable.`];
    expect(explainFailure(facts({ log })).hint).toBe(`Did you mean “${meant}”?`);
  });

  it('is explained by the limit it hit, whatever its log says', () => {
    const log = fixture('uv/conflict-direct');
    expect(explainFailure(facts({ log, oom: true })).code).toBe('build.out_of_memory');
    expect(explainFailure(facts({ log, timedOut: true })).code).toBe('build.timed_out');
    expect(explainFailure(facts({ log: ['Resolved 1 package in 450ms', '   Building numpy==1.19.5'], timedOut: true })).message).toContain('building numpy==1.19.5 from source');
  });

  it('is explained through colours and box drawing of other uv versions', () => {
    const log = ['\u001b[1;31m  × \u001b[0mNo solution found when resolving dependencies:', '\u001b[31m  ╰─▶ \u001b[0mBecause nosuch was not found in the package registry and you require nosuch, we can', '      conclude that your requirements are unsatisfiable.'];
    const failure = explainFailure(facts({ log }));
    expect(failure.code).toBe('build.package_not_found');
    expect(failure.excerpt).not.toContain('\u001b');
  });

  it('names an apt package that does not exist', () => {
    expect(explainFailure(facts({ log: ['Reading package lists...', 'E: Unable to locate package libgl1-nope'] }))).toMatchObject({ code: 'build.system_package_not_found', message: expect.stringContaining('libgl1-nope') });
  });

  it('names a branch that does not exist', () => {
    expect(explainFailure(facts({ phase: 'fetch', log: ["fatal: couldn't find remote ref refs/heads/nope"] }))).toMatchObject({ code: 'source.branch_not_found', message: expect.stringContaining('nope') });
  });

  it('says honestly that nobody knows', () => {
    const failure = explainFailure(facts({ log: ['something odd'], exitCode: 7 }));
    expect(failure).toMatchObject({ code: 'build.unknown', message: expect.stringContaining('exit code 7'), excerpt: 'something odd' });
  });
});

describe('an app that does not start', () => {
  const start = (over: Partial<FailureFacts>) => explainFailure(facts({ phase: 'start', ...over }));

  it('is said to have exited, with the exception that ended it', () => {
    const log = ['Traceback (most recent call last):', '  File "/opt/weir/entry.py", line 9, in <module>', '    import streamlit', '  File "/opt/env/lib/python3.11/site-packages/streamlit/__init__.py", line 50, in <module>', '    import altair', "ModuleNotFoundError: No module named 'altair.vegalite.v4'"];
    expect(start({ log })).toMatchObject({ code: 'app.exited', message: expect.stringContaining('altair.vegalite.v4'), hint: expect.stringContaining('altair<5') });
  });

  it('is said to be unhealthy where it runs and never answers', () => {
    expect(start({ exitCode: null, timedOut: true, log: ['  URL: http://0.0.0.0:8501'] }).code).toBe('app.unhealthy');
  });

  it('is said to have used too much memory where the kernel killed it', () => {
    expect(start({ exitCode: 137, oom: true }).code).toBe('app.out_of_memory');
  });

  it('cannot pass its own words off as those of the installer', () => {
    expect(start({ exitCode: 1, log: fixture('uv/package-not-found') }).code).toBe('app.exited');
  });
});
