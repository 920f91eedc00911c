import { app, type CorpusCase } from './corpus-case.ts';

const NUMPY_1 = 'numpy<2 ; python_version < "3.13"';
const TORNADO = 'tornado<6.5';
const PYARROW = 'pyarrow<26 ; python_version < "3.13"';

/** Old releases, and what holds the rest to their time. */
export const AGE_CASES: readonly CorpusCase[] = [
  { title: 'Streamlit 1.0', files: app({ 'requirements.txt': 'streamlit==1.0.0\n' }), expect: { from: 'requirements.txt', python: '3.9', held: ['click<8.1', 'protobuf<3.21', 'altair<5', 'pandas<3', TORNADO, NUMPY_1, PYARROW], added: ['setuptools<81'], says: ['Held to altair<5, because of streamlit==1.0.0: it imports altair.vegalite.v4.'] } },
  { title: 'Streamlit 1.0 in a project that allows any newer Python', files: app({ 'pyproject.toml': '[tool.poetry]\nname = "a"\n[tool.poetry.dependencies]\npython = "^3.9"\nstreamlit = "1.0.0"\n' }), expect: { from: 'pyproject.toml', python: '3.9', lines: ['streamlit==1.0.0'] } },
  { title: 'Streamlit 1.12', files: app({ 'requirements.txt': 'streamlit==1.12.0\n' }), expect: { from: 'requirements.txt', python: '3.11', held: ['altair<5', 'pandas<3', TORNADO, NUMPY_1, PYARROW], added: [] } },
  { title: 'Streamlit 1.12 and a Python too new for it in its settings', files: app({ 'requirements.txt': 'streamlit==1.12.0\n' }), python: '3.13', expect: { from: 'requirements.txt', python: '3.13', says: ["as the app's settings ask, though streamlit==1.12.0 asks for <3.13."] } },
  { title: 'Streamlit 1.28', files: app({ 'requirements.txt': 'streamlit==1.28.0\n' }), expect: { from: 'requirements.txt', held: [TORNADO, NUMPY_1, PYARROW] } },
  { title: 'any Streamlit below 1.20', files: app({ 'pyproject.toml': '[project]\nname = "a"\nversion = "1"\ndependencies = ["streamlit>=1.5,<1.20"]\n' }), expect: { from: 'pyproject.toml', held: ['altair<5', 'pandas<3', TORNADO, NUMPY_1, PYARROW], commands: ['-r ./pyproject.toml -c {files}/held.txt'] } },
  { title: 'an old Streamlit and versions of its own beside it', files: app({ 'requirements.txt': 'streamlit==1.12.0\naltair==4.1.0\nnumpy==2.0.0\npandas\n' }), expect: { from: 'requirements.txt', held: ['pandas<3', TORNADO] } },
  { title: 'an old pandas and the newest Streamlit', files: app({ 'requirements.txt': 'streamlit\npandas==1.5.3\n' }), expect: { from: 'requirements.txt', held: [NUMPY_1, PYARROW], says: ['because of pandas==1.5.3: it was compiled for NumPy 1'] } },
  { title: 'constraints that say how old its Streamlit is', files: app({ 'requirements.txt': '-c limits.txt\nstreamlit\n', 'limits.txt': 'streamlit==1.28.0\npyarrow==14.0.2\n' }), expect: { from: 'requirements.txt', held: [TORNADO, NUMPY_1], added: [] } },
  { title: 'an old seaborn', files: app({ 'requirements.txt': 'streamlit\nseaborn==0.11.2\nmatplotlib\n' }), expect: { from: 'requirements.txt', held: ['matplotlib<3.9'] } },
  { title: 'an old NumPy', files: app({ 'requirements.txt': 'streamlit\nnumpy==1.26.4\n' }), expect: { from: 'requirements.txt', held: [PYARROW] } },
  { title: 'a Streamlit of today', files: app({ 'requirements.txt': 'streamlit>=1.60\n' }), expect: { from: 'requirements.txt', held: [], added: [] } },
  { title: 'Streamlit 1.40', files: app({ 'requirements.txt': 'streamlit==1.40.0\n' }), expect: { from: 'requirements.txt', held: [TORNADO], added: [] } },
];
