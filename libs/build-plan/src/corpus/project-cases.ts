import { APP, app, type CorpusCase } from './corpus-case.ts';

const project = (more: string): string => `[project]\nname = "app"\nversion = "1"\n${more}`;
const SETUPTOOLS = '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n';
const UV_LOCK = 'version = 1\nrequires-python = ">=3.11"\n\n[[package]]\nname = "six"\nversion = "1.16.0"\n\n[[package]]\nname = "streamlit"\nversion = "1.50.0"\n';

export const PROJECT_CASES: readonly CorpusCase[] = [
  { title: 'a [project] (PEP 621)', files: app({ 'pyproject.toml': project('dependencies = ["streamlit", "six>=1.16"]\n') }), expect: { from: 'pyproject.toml', added: [], commands: ['-r ./pyproject.toml'] } },
  { title: 'a [project] that lacks what installers demand', files: app({ 'pyproject.toml': '[project]\ndependencies = ["streamlit", "six"]\n' }), expect: { from: 'pyproject.toml', lines: ['streamlit', 'six'], added: [] } },
  { title: 'Streamlit in an extra', files: app({ 'pyproject.toml': project('dependencies = ["six"]\n[project.optional-dependencies]\ndev = ["pytest"]\nui = ["streamlit"]\n') }), expect: { from: 'pyproject.toml', added: [], commands: ['-r ./pyproject.toml --extra=ui'], says: ['The extra “ui” is installed too'] } },
  { title: 'Streamlit in a dependency group', files: app({ 'pyproject.toml': project('dependencies = ["six"]\n[dependency-groups]\napp = ["streamlit"]\n') }), expect: { from: 'pyproject.toml', added: [], commands: ['-r ./pyproject.toml --group=./pyproject.toml:app'] } },
  { title: 'nothing but dependency groups', files: app({ 'pyproject.toml': '[dependency-groups]\ndev = ["pytest"]\nmain = ["streamlit", "six"]\n' }), expect: { from: 'pyproject.toml', added: [], commands: ['--group=./pyproject.toml:main'], says: ['installed are main'] } },
  { title: 'dependencies that setuptools reads from a file', files: app({ 'pyproject.toml': project(`dynamic = ["dependencies"]\n[tool.setuptools.dynamic]\ndependencies = {file = ["deps.in"]}\n${SETUPTOOLS}`), 'deps.in': 'streamlit\nsix\n' }), expect: { from: 'pyproject.toml', added: [], lines: ['streamlit', 'six', '-r deps.in'], says: ['takes the dependencies from deps.in'] } },
  { title: 'dependencies that hatch reads from a file', files: app({ 'pyproject.toml': project('dynamic = ["dependencies"]\n[tool.hatch.metadata.hooks.requirements_txt]\nfiles = ["deps.in"]\n'), 'deps.in': 'streamlit\n' }), expect: { from: 'pyproject.toml', added: [], lines: ['streamlit', '-r deps.in'] } },
  { title: 'a package in src, beside its app', files: app({ 'pyproject.toml': project(`dependencies = ["streamlit"]\n${SETUPTOOLS}`), 'src/app/__init__.py': '' }), expect: { from: 'pyproject.toml', commands: ['-r ./pyproject.toml', '--no-deps -e ./'], says: ['because it is a package'] } },
  { title: 'a flat folder of scripts that calls itself a package', files: app({ 'pyproject.toml': project(`dependencies = ["streamlit"]\n${SETUPTOOLS}`), 'other.py': '' }), expect: { from: 'pyproject.toml', commands: ['-r ./pyproject.toml'] } },
  { title: 'a pyproject.toml that only configures tools', files: app({ 'pyproject.toml': '[tool.ruff]\nline-length = 100\n' }), expect: { from: null, says: ['pyproject.toml is ignored: it names no dependencies.'] } },
  { title: 'a pyproject.toml that is no TOML', files: app({ 'pyproject.toml': '[project\n' }), expect: { code: 'plan.requirements_unreadable', says: ['pyproject.toml is not valid TOML'] } },
  { title: 'a setup.py alone', files: app({ 'setup.py': '' }), expect: { from: null, says: ['setup.py is ignored'] } },
  { title: 'a broken pyproject.toml behind its requirements.txt', files: app({ 'pyproject.toml': '[project\n', 'requirements.txt': 'streamlit\n' }), expect: { from: 'requirements.txt', says: ['pyproject.toml is ignored: requirements.txt comes before it.'] } },
  { title: 'a uv.lock', files: app({ 'uv.lock': UV_LOCK, 'pyproject.toml': project('dependencies = ["streamlit", "six"]\n'), 'requirements.txt': 'pandas\n' }), expect: { from: 'uv.lock', python: '3.11', added: [], commands: ['uv sync --frozen --no-dev'], says: ['Dependencies come from uv.lock, which locks pyproject.toml.', 'requirements.txt is ignored'] } },
  { title: 'a uv.lock for a Python that nobody has', files: app({ 'uv.lock': UV_LOCK.replace('>=3.11', '>=3.15'), 'pyproject.toml': project('dependencies = ["streamlit"]\n') }), expect: { code: 'plan.python_unavailable', says: ['uv.lock asks for Python >=3.15', '3.9, 3.11 and 3.13'] } },
  { title: 'a uv.lock without its pyproject.toml', files: app({ 'uv.lock': UV_LOCK }), expect: { from: null, says: ['uv.lock is ignored: there is no pyproject.toml beside it.'] } },
  { title: 'a uv.lock in the root and requirements beside the entry file', files: { 'web/app.py': APP, 'web/requirements.txt': 'streamlit\n', 'uv.lock': UV_LOCK, 'pyproject.toml': project('dependencies = []\n') }, expect: { from: 'web/requirements.txt', says: ['uv.lock is ignored: web/requirements.txt comes before it.'] } },
];
