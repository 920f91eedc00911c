/** A repository as people have them, and what its page shows once it was built as it asks. */
export interface Repository {
  readonly title: string;
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  readonly entryFile?: string;
  /** Of its Streamlit, where it is not the newest. */
  readonly streamlit?: string;
  readonly shows: string;
}

const SIX_WHEEL = 'sha256:8abb2f1d86890a2dfb989f9a77cfcfd3e47c2a354b01111771326f8aa26e0254';
const SIX_SDIST = 'sha256:1e61c37477a1626458e36f7b1d82aa5c9b094fa4802892072e49de9c60c4c926';

const SIX = "import six\nimport streamlit as st\n\nst.write('six ' + six.__version__)\n";
/** A table of text and a chart: what old releases and new dependencies stumble over. */
const TABLE = "import pandas as pd\nimport streamlit as st\n\nst.dataframe(pd.DataFrame({'name': ['Ada'], 'age': [36]}))\nst.line_chart(pd.DataFrame({'age': [36, 37]}))\nst.write('drawn by ' + st.__version__)\n";
/** Programs of Debian by the paths that apps know them by, with their data. */
const DEBIAN = `import subprocess
import streamlit as st

def said(*command, given=''):
    done = subprocess.run(command, input=given, capture_output=True, text=True)
    return ' '.join((done.stdout + done.stderr).split())

graph = said('/usr/bin/dot', '-Tsvg', given='digraph { a -> b }')
st.write('%s, %s, %s' % ('svg' if '</svg>' in graph else graph, 'eng' in said('/usr/bin/tesseract', '--list-langs').split(), 'OpenJDK' in said('java', '-version')))
`;
const PACKAGE = { 'src/mine/__init__.py': "WORD = 'of mine'\n" };
const MINE = "import mine\nimport six\nimport streamlit as st\n\nst.write('six ' + six.__version__ + ' ' + mine.WORD)\n";
const BUILD_SYSTEM = '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n';

const UV_LOCK = `version = 1
requires-python = ">=3.9"

[[package]]
name = "app"
version = "1"
source = { virtual = "." }
dependencies = [
    { name = "six" },
]

[package.metadata]
requires-dist = [{ name = "six", specifier = "==1.16.0" }]

[[package]]
name = "six"
version = "1.16.0"
source = { registry = "https://pypi.org/simple" }
sdist = { url = "https://files.pythonhosted.org/packages/71/39/171f1c67cd00715f190ba0b100d606d440a28c93c7714febeca8b79af85e/six-1.16.0.tar.gz", hash = "${SIX_SDIST}", size = 34041 }
wheels = [
    { url = "https://files.pythonhosted.org/packages/d9/5a/e7c31adbe875f2abbb91bd84cf2dc52d792b5a01506781dbcf25c91daf11/six-1.16.0-py2.py3-none-any.whl", hash = "${SIX_WHEEL}", size = 11053 },
]
`;

const POETRY = '[tool.poetry]\nname = "app"\nversion = "0.1.0"\npackage-mode = false\n\n[tool.poetry.dependencies]\npython = "^3.9"\nsix = "^1.15"\n';
const POETRY_LOCK = `[[package]]
name = "six"
version = "1.15.0"
description = ""
optional = false
python-versions = "*"
groups = ["main"]
files = [{file = "six-1.15.0-py2.py3-none-any.whl", hash = "sha256:8b74bedcbbbaca38ff6d7491d76f2b06b3592611af620f8426e82dddb04a5ced"}]

[metadata]
lock-version = "2.1"
python-versions = "^3.9"
content-hash = "x"
`;

export const REPOSITORIES: readonly Repository[] = [
  { title: 'requirements in UTF-16, as PowerShell writes them', files: { 'app.py': SIX, 'requirements.txt': Buffer.from('\uFEFFsix==1.16.0\r\nstreamlit\r\n', 'utf16le') }, shows: 'six 1.16.0' },
  { title: 'requirements in Latin-1 with options of pip', files: { 'app.py': SIX, 'requirements.txt': Buffer.from('--prefer-binary\n--trusted-host example.org\nsix==1.16.0 # für alte Fälle\n', 'latin1') }, shows: 'six 1.16.0' },
  { title: 'hashes on continued lines, for everything', files: { 'app.py': SIX, 'requirements.txt': `--require-hashes\nsix==1.16.0 \\\n    --hash=${SIX_WHEEL} \\\n    --hash=${SIX_SDIST}\n` }, shows: 'six 1.16.0' },
  { title: 'nested requirements, itself editable, an entry file with an emoji', files: { 'my apps/🎈 Größe.py': MINE, 'my apps/requirements.txt': '-r ../base/all.txt\n-c limits.txt\n-e .\n', 'my apps/limits.txt': 'six<1.17\n', 'base/all.txt': 'six\nstreamlit\n', 'setup.py': 'from setuptools import setup\n\nsetup(name="mine", version="1", package_dir={"": "src"}, packages=["mine"])\n', ...PACKAGE }, entryFile: 'my apps/🎈 Größe.py', shows: 'six 1.16.0 of mine' },
  { title: 'a Pipfile', files: { 'app.py': SIX, Pipfile: '[packages]\nstreamlit = "*"\nsix = {version = "~=1.16.0", markers = "python_version >= \'3.8\'"}\n\n[dev-packages]\npytest = "*"\n\n[requires]\npython_version = "3.8"\n' }, shows: 'six 1.16.0' },
  { title: 'a Pipfile.lock', files: { 'app.py': SIX, Pipfile: '[packages]\nsix = "*"\n', 'Pipfile.lock': JSON.stringify({ _meta: {}, default: { six: { hashes: [SIX_WHEEL, SIX_SDIST], index: 'pypi', markers: "python_version >= '2.7'", version: '==1.16.0' } }, develop: {} }) }, shows: 'six 1.16.0' },
  { title: 'an environment.yml', files: { 'app.py': SIX, 'environment.yml': 'name: app\nchannels: [conda-forge]\ndependencies:\n  - python=3.11\n  - libgcc-ng\n  - conda-forge::six=1.16\n  - pip\n  - pip:\n      - streamlit\n' }, shows: 'six 1.16.0' },
  { title: 'Poetry’s own table', files: { 'app.py': SIX, 'pyproject.toml': POETRY.replace('^1.15', '~1.16') }, shows: 'six 1.16.0' },
  { title: 'a poetry.lock', files: { 'app.py': SIX, 'pyproject.toml': POETRY, 'poetry.lock': POETRY_LOCK }, shows: 'six 1.15.0' },
  { title: 'a package in src with Streamlit in an extra', files: { 'app.py': MINE, 'pyproject.toml': `[project]\nname = "mine"\nversion = "1"\ndependencies = ["six==1.16.0"]\n\n[project.optional-dependencies]\nui = ["streamlit"]\n\n${BUILD_SYSTEM}`, ...PACKAGE }, shows: 'six 1.16.0 of mine' },
  { title: 'nothing but dependency groups', files: { 'app.py': SIX, 'pyproject.toml': '[dependency-groups]\ndev = ["no-such-package-of-anybody"]\nmain = ["streamlit", "six==1.16.0"]\n' }, shows: 'six 1.16.0' },
  { title: 'dependencies that setuptools reads from a file', files: { 'app.py': SIX, 'deps/all.in': 'six==1.16.0\n', 'pyproject.toml': `[project]\nname = "app"\nversion = "1"\ndynamic = ["dependencies"]\n\n[tool.setuptools.dynamic]\ndependencies = {file = ["deps/all.in"]}\n\n${BUILD_SYSTEM}` }, shows: 'six 1.16.0' },
  { title: 'a uv.lock that lacks Streamlit', files: { 'app.py': SIX, 'uv.lock': UV_LOCK, 'pyproject.toml': '[project]\nname = "app"\nversion = "1"\nrequires-python = ">=3.9"\ndependencies = ["six==1.16.0"]\n' }, shows: 'six 1.16.0' },
  { title: 'Streamlit 1.5 and nothing else', files: { 'app.py': TABLE, 'requirements.txt': 'streamlit==1.5.0\n' }, streamlit: '1.5.0', shows: 'drawn by 1.5.0' },
  { title: 'Streamlit 1.12 and nothing else, its configuration beside the script', files: { 'web/app.py': `${TABLE}st.write('uploads to %s MB' % st.get_option('server.maxUploadSize'))\n`, 'web/.streamlit/config.toml': '[server]\nmaxUploadSize = 7\nport = 80\n', 'requirements.txt': 'streamlit==1.12.0\n' }, streamlit: '1.12.0', shows: 'uploads to 7 MB' },
  { title: 'Streamlit 1.28 and nothing else', files: { 'app.py': TABLE, 'requirements.txt': 'streamlit==1.28.0\n' }, streamlit: '1.28.0', shows: 'drawn by 1.28.0' },
  { title: 'a NumPy 1 that another package brings along', files: { 'app.py': TABLE, 'requirements.txt': 'streamlit\npywavelets==1.5.0\n' }, shows: 'drawn by 1.' },
  { title: 'an old pandas beside the newest Streamlit', files: { 'app.py': TABLE, 'requirements.txt': 'streamlit\npandas==1.5.3\n' }, shows: 'drawn by 1.' },
  { title: 'a package whose setup.py imports pkg_resources', files: { 'app.py': MINE, 'requirements.txt': 'six==1.16.0\nstreamlit\n./old\n', 'old/setup.py': 'import pkg_resources\nfrom setuptools import setup\n\nsetup(name="mine", version="1", packages=["mine"])\n', 'old/mine/__init__.py': "WORD = 'of mine'\n" }, shows: 'six 1.16.0 of mine' },
  { title: 'a package behind an option, where pip does not read it', files: { 'app.py': SIX, 'requirements.txt': '--trusted-host example.org no-such-package-of-anybody\nsix==1.16.0\nstreamlit\n' }, shows: 'six 1.16.0' },
  { title: 'programs of Debian that have data of their own', files: { 'app.py': DEBIAN, 'packages.txt': 'graphviz\ntesseract-ocr\ndefault-jre-headless\n' }, shows: 'svg, True, True' },
];
