import { APP, app, type CorpusCase } from './corpus-case.ts';

const HASH = 'sha256:8abb2f1d86890a2dfb989f9a77cfcfd3e47c2a354b01111771326f8aa26e0254';
const unreadable = (text: string, ...says: string[]): Pick<CorpusCase, 'files' | 'expect'> => ({ files: app({ 'requirements.txt': text }), expect: { code: 'plan.requirements_unreadable', says } });

export const REQUIREMENTS_CASES: readonly CorpusCase[] = [
  { title: 'no dependency file', files: app({}), expect: { from: null, added: ['streamlit>=1.30'], commands: ['uv pip install --python {python} streamlit>=1.30'], says: ['There is no dependency file'] } },
  { title: 'requirements in Windows text: a byte order mark and CRLF', files: app({ 'requirements.txt': '\uFEFFstreamlit\r\npandas==2.2.3\r\n' }), expect: { from: 'requirements.txt', lines: ['streamlit', 'pandas==2.2.3'], added: [] } },
  { title: 'comments and blank lines', files: app({ 'requirements.txt': '# tools\n\nstreamlit  # the app\n  \nsix==1.16.0 # old\n' }), expect: { from: 'requirements.txt', lines: ['streamlit', 'six==1.16.0'], says: ['Without a version', 'streamlit'] } },
  { title: 'hashes on continued lines', files: app({ 'requirements.txt': `six==1.16.0 \\\n    --hash=${HASH} \\\n    --hash=sha256:1e61c37477a1626458e36f7b1d82aa5c9b094fa4802892072e49de9c60c4c926\n` }), expect: { from: 'requirements.txt', lines: [`six==1.16.0  --hash=${HASH} --hash=sha256:1e61c37477a1626458e36f7b1d82aa5c9b094fa4802892072e49de9c60c4c926`], added: ['streamlit>=1.30'] } },
  { title: 'an order that everything has a hash, which Streamlit lacks', files: app({ 'requirements.txt': `--require-hashes\nsix==1.16.0 --hash=${HASH}\n` }), expect: { from: 'requirements.txt', commands: ['-r {files}/source/requirements.txt', 'uv pip install --python {python} streamlit>=1.30'] } },
  { title: 'markers and extras', files: app({ 'requirements.txt': 'streamlit[charts]>=1.40\npywin32==306 ; sys_platform == "win32"\n' }), expect: { from: 'requirements.txt', lines: ['streamlit[charts]>=1.40', 'pywin32==306 ; sys_platform == "win32"'], added: [] } },
  { title: 'includes in a folder, and a constraint', files: app({ 'requirements.txt': '-r requirements/app.txt\n', 'requirements/app.txt': '-c limits.txt\n-r base.txt\nstreamlit\n', 'requirements/base.txt': 'six\n', 'requirements/limits.txt': 'six<1.17\n' }), expect: { from: 'requirements.txt', commands: ['-r {files}/source/requirements.txt'], added: [] } },
  { title: 'itself, editable, from a file in a folder', files: { 'web/app.py': APP, 'web/requirements.txt': '-e .\n-e ./lib[fast]\n', 'setup.py': '', 'lib/setup.py': '' }, expect: { from: 'web/requirements.txt', lines: ['-e .', '-e ./lib[fast]'], added: ['streamlit>=1.30'] } },
  { title: 'a wheel of its own', files: app({ 'requirements.txt': './wheels/tiny-1.0-py3-none-any.whl\nstreamlit\n', 'wheels/tiny-1.0-py3-none-any.whl': '' }), expect: { from: 'requirements.txt', lines: ['./wheels/tiny-1.0-py3-none-any.whl', 'streamlit'] } },
  { title: 'a folder of wheels beside the file', files: { 'web/app.py': APP, 'web/requirements.txt': '--find-links wheels\ntiny\n' }, expect: { from: 'web/requirements.txt', lines: ['tiny'], commands: ['--find-links ./web/wheels'] } },
  { title: 'Git and other addresses', files: app({ 'requirements.txt': 'git+https://example.org/a/b.git@v1#egg=b\ntiny @ https://example.org/tiny-1.0.tar.gz\nstreamlit @ git+https://example.org/s.git\n' }), expect: { from: 'requirements.txt', added: [], lines: ['git+https://example.org/a/b.git@v1#egg=b', 'tiny @ https://example.org/tiny-1.0.tar.gz', 'streamlit @ git+https://example.org/s.git'] } },
  { title: 'another index, with a password', files: app({ 'requirements.txt': '--extra-index-url https://me:secret@packages.example.org/simple\nstreamlit\n' }), expect: { from: 'requirements.txt', says: ['requirements.txt line 1: packages may come from packages.example.org'] } },
  { title: 'pip’s own options', files: app({ 'requirements.txt': '--pre\n--trusted-host example.org\n--prefer-binary\nstreamlit --config-settings a=b\n' }), expect: { from: 'requirements.txt', lines: ['streamlit'], commands: ['--prerelease allow'], says: ['line 2: --trusted-host means nothing', 'line 1: pre-releases may be chosen'] } },
  { title: 'an environment variable in an address', files: app({ 'requirements.txt': 'streamlit\ngit+https://${TOKEN}@example.org/a.git\n' }), expect: { from: 'requirements.txt', says: ['requirements.txt line 2 uses an environment variable'] } },
  { title: 'what conda wrote into requirements.txt', ...unreadable('streamlit\nnumpy=1.21.0=py39_0\n', 'Line 2 of requirements.txt', '“=” does not compare versions') },
  { title: 'an unfinished merge', ...unreadable('streamlit\n<<<<<<< HEAD\n', 'Line 2', 'Git merge') },
  { title: 'an include that was not committed', ...unreadable('-r base.txt\n', 'includes base.txt') },
  { title: 'no text in requirements.txt', ...unreadable('a\0b', 'requirements.txt is not a text file') },
];
