import { APP, app, type CorpusCase } from './corpus-case.ts';

const requires = (range: string): string => `[project]\nname = "app"\nversion = "1"\nrequires-python = "${range}"\ndependencies = ["streamlit"]\n`;

/** Of 3.9, 3.11 and 3.13, of which 3.11 is the default. */
export const PYTHON_CASES: readonly CorpusCase[] = [
  { title: 'a .python-version', files: app({ '.python-version': '3.13.1\n', 'runtime.txt': 'python-3.9\n' }), expect: { from: null, python: '3.13', says: ['Python 3.13, as .python-version asks.'] } },
  { title: 'a runtime.txt for a Python that nobody has', files: app({ 'runtime.txt': 'python-3.8.10\n', 'requirements.txt': 'streamlit==1.20.0\nplotly==5.13.1\nsix\n' }), expect: { from: 'requirements.txt', python: '3.9', says: ['runtime.txt asks for 3.8, and this is the nearest available.'] } },
  { title: 'a runtime.txt for a Python that nobody has, and packages of today', files: app({ 'runtime.txt': 'python-3.8.10\n', 'requirements.txt': 'streamlit\nplotly>=5\npydub==0.25.1\n' }), expect: { from: 'requirements.txt', python: '3.11', says: ['Python 3.11: runtime.txt asks for 3.8, which is not available, and most packages are asked for in whatever version is newest.'] } },
  { title: 'a runtime.txt for a Python that nobody has, and an old package among those of today', files: app({ 'runtime.txt': 'python-3.7\n', 'requirements.txt': 'streamlit==0.84.0\npandas\nplotly\n' }), expect: { from: 'requirements.txt', python: '3.9' } },
  { title: 'a .python-version outside requires-python', files: app({ '.python-version': '3.9\n', 'pyproject.toml': requires('>=3.11') }), expect: { from: 'pyproject.toml', python: '3.11', says: ['within pyproject.toml', '“>=3.11”'] } },
  { title: 'an old NumPy, which has no wheel for newer Pythons', files: app({ 'requirements.txt': 'numpy==1.21.0\npandas<2\n' }), expect: { from: 'requirements.txt', python: '3.9', says: ['Python 3.9, within what a wheel of numpy==1.21.0 (<3.10) asks for.'] } },
  { title: 'a NumPy so old that no Python here has a wheel for it', files: app({ 'requirements.txt': 'numpy==1.18.5\n' }), expect: { from: 'requirements.txt', python: '3.9', says: ['Python 3.9: a wheel of numpy==1.18.5 asks for <3.9, and this is the nearest available.'] } },
  { title: 'an old NumPy and a Python that it has no wheel for', files: app({ 'requirements.txt': 'numpy==1.21.0\n', '.python-version': '3.11' }), expect: { from: 'requirements.txt', python: '3.11' } },
  { title: 'a Python between two that there are, and a NumPy that has no wheel for the newer', files: app({ 'requirements.txt': 'numpy==1.26.4\n', '.python-version': '3.12' }), expect: { from: 'requirements.txt', python: '3.11', says: ['.python-version asks for 3.12, and this is the nearest available.'] } },
  { title: 'an f-string that only Python 3.12 reads', files: { 'app.py': `${APP}st.write(f"{", ".join(["a"])}")\n` }, expect: { from: null, python: '3.13', says: ['Python 3.13, within what app.py line 4 (>=3.12) asks for.'] } },
  { title: 'a page that imports a module for newer Pythons', files: { 'web/app.py': APP, 'web/pages/1_x.py': 'from lib.deep import here\n', 'web/lib/deep/here.py': 'type Name = str\n' }, entryFile: 'web/app.py', expect: { from: null, python: '3.13', says: ['web/lib/deep/here.py line 1 (>=3.12)'] } },
  { title: 'scripts for newer Pythons that its app does not import', files: app({ 'tools.py': 'type Name = str\n' }), expect: { from: null, python: '3.11' } },
  { title: 'a union of types and pinned packages of an older Python', files: { 'app.py': `${APP}def f(a: str | None): ...\n`, 'requirements.txt': 'numpy==1.22.3\n' }, expect: { from: 'requirements.txt', python: '3.11', says: ['app.py line 4 (>=3.10)'] } },
  { title: 'a Python in its settings', files: app({ '.python-version': '3.9\n' }), python: '3.13', expect: { from: null, python: '3.13', says: ["as the app's settings ask"] } },
  { title: 'a Python in its settings that nobody has', files: app({}), python: '3.12', expect: { code: 'plan.python_unavailable', says: ['Python 3.12 is not available; there is 3.9, 3.11 and 3.13.'] } },
  { title: 'a Python in its settings that requires-python forbids', files: app({ 'pyproject.toml': requires('<3.13') }), python: '3.13', expect: { code: 'plan.python_unavailable', says: ['pyproject.toml asks for <3.13'] } },
  { title: 'a requires-python that nothing meets', files: app({ 'pyproject.toml': requires('>=3.14') }), expect: { code: 'plan.python_unavailable', says: ['pyproject.toml asks for Python >=3.14'] } },
];
