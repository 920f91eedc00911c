import { app, type CorpusCase } from './corpus-case.ts';

const poetry = (dependencies: string, more = ''): string => `[tool.poetry]\nname = "app"\nversion = "0.1.0"\npackage-mode = false\n\n[tool.poetry.dependencies]\n${dependencies}\n[tool.poetry.group.dev.dependencies]\npytest = "^8"\n${more}`;
const SIX_HASH = 'sha256:8abb2f1d86890a2dfb989f9a77cfcfd3e47c2a354b01111771326f8aa26e0254';
const lockedPackage = (name: string, version: string, more = ''): string => `[[package]]\nname = "${name}"\nversion = "${version}"\ndescription = ""\noptional = false\npython-versions = "*"\nfiles = [{file = "${name}.whl", hash = "${SIX_HASH}"}]\n${more}\n`;
/** With the names of its files, by which a lock tells for which Pythons it was made. */
const withFiles = (name: string, version: string, files: readonly string[], more = ''): string => `[[package]]\nname = "${name}"\nversion = "${version}"\ndescription = ""\noptional = false\npython-versions = "*"\nfiles = [${files.map((file) => `{file = "${file}", hash = "${SIX_HASH}"}`).join(', ')}]\n${more}\n`;
const PROPHET = ['cp38', 'cp39', 'cp310'].map((tag) => `prophet-1.1.1-${tag}-${tag}-manylinux_2_17_x86_64.manylinux2014_x86_64.whl`);
const lock = (...packages: string[]): string => `${packages.join('\n')}\n[metadata]\nlock-version = "2.1"\npython-versions = "^3.9"\ncontent-hash = "x"\n`;

export const POETRY_CASES: readonly CorpusCase[] = [
  {
    title: 'Poetry’s own table and no lock',
    files: app({ 'pyproject.toml': poetry('python = "^3.9"\nstreamlit = "^1.40"\nsix = "~1.16"\nnumpy = "1.26.*"\ntomli = {version = "^2.0", python = "<3.11"}\nboto3 = {version = "*", optional = true}\nplotly = [{version = "<5", python = "<3.10"}, {version = ">=5", python = ">=3.10"}]\n'), 'lib/setup.py': '' }),
    expect: {
      from: 'pyproject.toml', python: '3.11', added: [],
      lines: ['streamlit>=1.40,<2', 'six>=1.16,<1.17', 'numpy==1.26.*', 'tomli>=2.0,<3 ; python_version < "3.11"', 'plotly<5 ; python_version < "3.10"', 'plotly>=5 ; python_version >= "3.10"'],
      says: ['Optional, so not installed: boto3', 'Python 3.11, within what pyproject.toml (^3.9) and a wheel of numpy==1.26.* (<3.13) ask for.'],
    },
  },
  { title: 'Git and paths in Poetry’s table', files: app({ 'pyproject.toml': poetry('tiny = {git = "git@example.org:a/tiny.git", branch = "main", extras = ["x"]}\nmine = {path = "lib", develop = true}\n'), 'lib/setup.py': '' }), expect: { from: 'pyproject.toml', lines: ['tiny[x] @ git+ssh://git@example.org/a/tiny.git@main', '-e ./lib'], added: ['streamlit>=1.30'] } },
  {
    title: 'a poetry.lock',
    files: app({ 'pyproject.toml': poetry('python = ">=3.9,<3.14"\nsix = "^1"\ntiny = {git = "https://example.org/tiny.git", branch = "main"}\n'), 'poetry.lock': lock(lockedPackage('six', '1.16.0', 'groups = ["main"]\nmarkers = "python_version >= \\"3\\""'), `[[package]]\nname = "tiny"\nversion = "1.0"\nfiles = []\n[package.source]\ntype = "git"\nurl = "https://example.org/tiny.git"\nreference = "main"\nresolved_reference = "0123abc"\n`) }),
    expect: { from: 'pyproject.toml', lines: ['six>=1,<2', 'tiny @ git+https://example.org/tiny.git@0123abc'], held: [`six==1.16.0 ; python_version >= "3" --hash=${SIX_HASH}`], added: ['streamlit>=1.30'], commands: ['-c {files}/held.txt'], says: ['The exact versions come from poetry.lock.'] },
  },
  { title: 'an old poetry.lock with two versions of one package', files: app({ 'pyproject.toml': poetry('six = "^1"\n'), 'poetry.lock': lock(lockedPackage('six', '1.16.0'), lockedPackage('six', '1.15.0'), lockedPackage('tomli', '2.0.1')) }), expect: { from: 'pyproject.toml', held: [`tomli==2.0.1 --hash=${SIX_HASH}`], says: ['several versions of six'] } },
  { title: 'a poetry.lock older than its pyproject.toml', files: app({ 'pyproject.toml': poetry('six = "^1"\nrich = "*"\n'), 'poetry.lock': lock(lockedPackage('six', '1.16.0')) }), expect: { from: 'pyproject.toml', says: ['does not have rich'] } },
  { title: 'Poetry 2: a [project] with a poetry.lock', files: app({ 'pyproject.toml': '[project]\nname = "app"\nversion = "1"\nrequires-python = ">=3.9"\ndependencies = ["six (>=1.16,<2.0)"]\n\n[build-system]\nrequires = ["poetry-core>=2"]\nbuild-backend = "poetry.core.masonry.api"\n', 'poetry.lock': lock(lockedPackage('six', '1.16.0')) }), expect: { from: 'pyproject.toml', commands: ['-r ./pyproject.toml -c {files}/held.txt'], held: [`six==1.16.0 --hash=${SIX_HASH}`] } },
  { title: 'a Python that Poetry’s table wishes for and nobody has', files: app({ 'pyproject.toml': poetry('python = "~3.10"\nsix = "*"\n') }), expect: { from: 'pyproject.toml', python: '3.11', says: ['pyproject.toml asks for ~3.10, and this is the nearest available.'] } },
  { title: 'a poetry.lock whose files are for older Pythons', files: app({ 'pyproject.toml': poetry('python = ">=3.8,<3.12"\nprophet = "1.1.1"\n'), 'poetry.lock': lock(withFiles('prophet', '1.1.1', [...PROPHET, 'prophet-1.1.1-cp311-cp311-win_amd64.whl', 'prophet-1.1.1.tar.gz']), withFiles('six', '1.16.0', ['six-1.16.0-py2.py3-none-any.whl']), withFiles('ruff', '0.1', ['ruff-0.1-py3-none-manylinux_2_17_x86_64.whl'])) }), expect: { from: 'pyproject.toml', python: '3.9', says: ['Python 3.9, within what pyproject.toml (>=3.8,<3.12) and a wheel of prophet==1.1.1 (>=3.8,<3.11) ask for.'] } },
  { title: 'a poetry.lock whose files are for newer Pythons', files: app({ 'pyproject.toml': poetry('fast = "2"\n'), 'poetry.lock': lock(withFiles('fast', '2', ['fast-2-cp312-abi3-manylinux_2_28_x86_64.whl'])) }), expect: { from: 'pyproject.toml', python: '3.13' } },
  { title: 'a poetry.lock with old files that only development needs', files: app({ 'pyproject.toml': poetry('six = "*"\n'), 'poetry.lock': lock(withFiles('prophet', '1.1.1', PROPHET, 'groups = ["dev"]'), withFiles('six', '1.16.0', ['six-1.16.0-py2.py3-none-any.whl'])) }), expect: { from: 'pyproject.toml', python: '3.11' } },
  { title: 'a poetry.lock with old files for other Pythons', files: app({ 'pyproject.toml': poetry('six = "*"\n'), 'poetry.lock': lock(withFiles('prophet', '1.1.1', PROPHET, 'markers = "python_version < \\"3.11\\""')) }), expect: { from: 'pyproject.toml', python: '3.11' } },
  { title: 'a poetry.lock with a Streamlit of its time', files: app({ 'pyproject.toml': poetry('streamlit = "*"\n'), 'poetry.lock': lock(lockedPackage('streamlit', '0.79.0')) }), expect: { from: 'pyproject.toml', python: '3.9', held: [`streamlit==0.79.0 --hash=${SIX_HASH}`] } },
];
