import { app, type CorpusCase } from './corpus-case.ts';

const PIPFILE = `[[source]]
url = "https://me:secret@packages.example.org/simple"
name = "private"

[packages]
streamlit = "*"
six = "==1.16.0"
pywin32 = {version = ">=300", sys_platform = "== 'win32'"}
requests = {extras = ["socks"], version = "~=2.31"}
tiny = {git = "https://example.org/tiny.git", ref = "v1"}
mine = {path = "./lib", editable = true}

[dev-packages]
pytest = "*"

[requires]
python_version = "3.9"
`;

const LOCK = `{
  "_meta": {"hash": {"sha256": "x"}, "requires": {"python_version": "3.11"}, "sources": []},
  "default": {
    "six": {"hashes": ["sha256:8abb2f1d86890a2dfb989f9a77cfcfd3e47c2a354b01111771326f8aa26e0254"], "index": "pypi", "markers": "python_version >= '2.7'", "version": "==1.16.0"},
    "tiny": {"git": "https://example.org/tiny.git", "ref": "0123456789abcdef0123456789abcdef01234567"}
  },
  "develop": {"pytest": {"version": "==8.0"}}
}
`;

export const PIPENV_CASES: readonly CorpusCase[] = [
  {
    title: 'a Pipfile without its lock',
    files: app({ Pipfile: PIPFILE, 'lib/setup.py': '' }),
    expect: {
      from: 'Pipfile', python: '3.9', added: [],
      lines: ['streamlit', 'six==1.16.0', "pywin32>=300 ; sys_platform == 'win32'", 'requests[socks]~=2.31', 'tiny @ git+https://example.org/tiny.git@v1', '-e ./lib'],
      says: ['There is no Pipfile.lock', 'https://packages.example.org/simple', 'Python 3.9, as Pipfile asks.'],
    },
  },
  {
    title: 'a Pipfile.lock, which lacks Streamlit',
    files: app({ Pipfile: '[packages]\nsix = "*"\n', 'Pipfile.lock': LOCK }),
    expect: {
      from: 'Pipfile', python: '3.11',
      lines: ["six==1.16.0 ; python_version >= '2.7' --hash=sha256:8abb2f1d86890a2dfb989f9a77cfcfd3e47c2a354b01111771326f8aa26e0254", 'tiny @ git+https://example.org/tiny.git@0123456789abcdef0123456789abcdef01234567'],
      commands: ['--no-deps -r {files}/source/Pipfile.txt', 'uv pip install --python {python} streamlit>=1.30'],
      says: ['The exact versions come from Pipfile.lock'],
    },
  },
  { title: 'a Pipfile in the entry file’s folder before requirements.txt in the root', files: { 'web/app.py': app({})['app.py']!, 'web/Pipfile': '[packages]\nsix = "*"\n', 'requirements.txt': 'streamlit\n' }, expect: { from: 'web/Pipfile', says: ['requirements.txt is ignored: web/Pipfile comes before it.'] } },
  { title: 'a full Python version in its Pipfile', files: app({ Pipfile: '[packages]\n[requires]\npython_full_version = "3.13.2"\n' }), expect: { from: 'Pipfile', python: '3.13' } },
  { title: 'a Pipfile.lock alone', files: app({ 'Pipfile.lock': LOCK }), expect: { from: null, says: ['Pipfile.lock is ignored: there is no Pipfile.'] } },
  { title: 'a Pipfile.lock that is cut off', files: app({ Pipfile: '[packages]\n', 'Pipfile.lock': LOCK.slice(0, 90) }), expect: { code: 'plan.requirements_unreadable', says: ['Pipfile.lock is not valid JSON'] } },
  { title: 'a Pipfile that takes a package from elsewhere on its author’s disk', files: app({ Pipfile: '[packages]\nmine = {path = "../mine"}\n' }), expect: { code: 'plan.requirements_unreadable', says: ['Pipfile takes mine from ../mine'] } },
  { title: 'a Pipfile.lock with a Streamlit of its time', files: app({ Pipfile: '[packages]\nstreamlit = "*"\n', 'Pipfile.lock': JSON.stringify({ _meta: {}, default: { streamlit: { hashes: [], version: '==0.79.0' } }, develop: {} }) }), expect: { from: 'Pipfile', python: '3.9', held: [], says: ['Python 3.9, within what streamlit==0.79.0 (<3.10) asks for.'] } },
];
