import { app, type CorpusCase } from './corpus-case.ts';

const environment = (dependencies: string): string => `name: app\nchannels:\n  - conda-forge\n  - defaults\ndependencies:\n${dependencies}`;

/** As `conda env export` writes it. */
const EXPORT = environment('  - _libgcc_mutex=0.1=main\n  - ca-certificates=2024.3.11=h06a4308_0\n  - ld_impl_linux-64=2.38=h1181459_1\n  - libffi=3.4.4=h6a678d5_0\n  - openssl=3.0.13=h7f8727e_0\n  - pip=23.3.1=py311h06a4308_0\n  - python=3.11.8=h955ad1f_0\n  - six=1.16.0=pyhd3eb1b0_1\n  - pip:\n      - streamlit==1.40.0\nprefix: /home/me/miniconda3/envs/app\n');

export const CONDA_CASES: readonly CorpusCase[] = [
  {
    title: 'an environment.yml',
    files: app({ 'environment.yml': environment('  - python=3.9\n  - conda-forge::numpy>=1.2,<2\n  - six=1.16\n  - pandas==2.2.3\n  - scipy 1.11.*\n  - requests\n  - pip\n  - pip:\n    - streamlit==1.40.0\n    - -r more.txt\n'), 'more.txt': 'tomli\n' }),
    expect: { from: 'environment.yml', python: '3.9', added: [], lines: ['tomli', 'numpy>=1.2,<2', 'six==1.16.*', 'pandas==2.2.3', 'scipy==1.11.*', 'requests', 'streamlit==1.40.0', '-r more.txt'], says: ['come from PyPI', 'Python 3.9, within what environment.yml (==3.9.*) asks for.'] },
  },
  { title: 'an environment.yml that includes the requirements beside it', files: app({ 'environment.yml': environment('  - pip:\n      - -r requirements.txt\n'), 'requirements.txt': 'streamlit\n' }), expect: { from: 'environment.yml', added: [], notSays: ['requirements.txt is ignored'] } },
  { title: 'an environment.yaml', files: app({ 'environment.yaml': 'dependencies: [streamlit, "six>=1.16"]\n' }), expect: { from: 'environment.yaml', lines: ['streamlit', 'six>=1.16'] } },
  { title: 'names that are others on PyPI, and none', files: app({ 'environment.yml': environment('  - streamlit\n  - pytorch=2.5\n  - cpuonly\n  - opencv\n  - ffmpeg\n  - libgcc-ng\n  - r-base\n') }), expect: { from: 'environment.yml', lines: ['streamlit', 'torch==2.5.*', 'opencv-python-headless'], packages: ['ffmpeg'], says: ['pytorch is torch on PyPI', 'from Debian instead of conda: ffmpeg', 'cpuonly, libgcc-ng', 'not Python: r-base'] } },
  { title: 'an export of a whole conda environment', files: app({ 'environment.yml': EXPORT }), expect: { from: 'environment.yml', python: '3.11', lines: ['six==1.16.0', 'streamlit==1.40.0'], says: ['Left out'] } },
  { title: 'an environment.yml of nothing', files: app({ 'environment.yml': 'name: app\n' }), expect: { from: 'environment.yml', lines: [], added: ['streamlit>=1.30'] } },
  { title: 'an environment.yml that is not YAML', files: app({ 'environment.yml': 'dependencies:\n  - a\n - b: [\n' }), expect: { code: 'plan.requirements_unreadable', says: ['environment.yml is not valid YAML'] } },
  { title: 'an environment.yml whose dependencies are no list', files: app({ 'environment.yml': 'dependencies:\n  streamlit: 1.40\n' }), expect: { code: 'plan.requirements_unreadable', says: ['not a list of names'] } },
  { title: 'a line of environment.yml that pip would refuse', files: app({ 'environment.yml': environment('  - pip:\n    - pip install pandas\n') }), expect: { code: 'plan.requirements_unreadable', says: ['“pip install pandas” in environment.yml'] } },
];
