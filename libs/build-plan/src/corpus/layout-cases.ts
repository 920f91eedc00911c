import { APP, app, type CorpusCase } from './corpus-case.ts';

const CONFIG = '[server]\nport = 80\nheadless = false\nmaxUploadSize = 50\n[theme]\nbase = "dark"\n';

/** Where files lie and what they are called; system packages; Streamlit's own configuration. */
export const LAYOUT_CASES: readonly CorpusCase[] = [
  { title: 'an entry file with spaces and an emoji', files: { 'my apps/🎈 Größe.py': APP, 'my apps/requirements.txt': 'streamlit\n' }, entryFile: 'my apps/🎈 Größe.py', expect: { from: 'my apps/requirements.txt', entryFile: 'my apps/🎈 Größe.py', commands: ['-r {files}/source/my apps/requirements.txt'] } },
  { title: 'an entry file deep in folders', files: { 'a/b/c/d/app.py': APP, 'requirements.txt': 'streamlit\n' }, entryFile: 'a/b/c/d/app.py', expect: { from: 'requirements.txt', entryFile: 'a/b/c/d/app.py' } },
  { title: 'a misspelt entry file', files: app({}), entryFile: 'App.py', expect: { code: 'entry.not_found', says: ['no App.py'] } },
  { title: 'packages.txt in the root and beside the entry file', files: { 'web/app.py': APP, 'packages.txt': '\uFEFFlibgl1 ffmpeg # video\r\n\r\n', 'web/packages.txt': 'g++\nlibgl1\n' }, expect: { from: null, packages: ['ffmpeg', 'g++', 'libgl1'], says: ['apt packages from packages.txt and web/packages.txt'] } },
  { title: 'a version in packages.txt', files: app({ 'packages.txt': 'ffmpeg\nlibgl1=1.0\n' }), expect: { code: 'plan.package_name_invalid', says: ['Line 2 of packages.txt', '“libgl1=1.0”'] } },
  { title: 'apt packages that the operator allows', files: app({ 'packages.txt': 'libgl1\n' }), allows: { dockerfiles: false, packages: ['ffmpeg', 'libgl1'] }, expect: { from: null, packages: ['libgl1'] } },
  { title: 'an apt package that the operator does not allow', files: app({ 'packages.txt': '# for video\nffmpeg nmap\n' }), allows: { dockerfiles: false, packages: ['ffmpeg', 'libgl1'] }, expect: { code: 'plan.package_not_allowed', says: ['Line 2 of packages.txt', '“nmap”', 'packages.txt:2: ffmpeg nmap'] } },
  { title: 'an apt package that its environment.yml stands for and the operator does not allow', files: app({ 'environment.yml': 'dependencies: [streamlit, ffmpeg]\n' }), allows: { dockerfiles: false, packages: [] }, expect: { code: 'plan.package_not_allowed', says: ['environment.yml: ', '“ffmpeg”'] } },
  { title: 'a configuration that says what the platform decides', files: app({ '.streamlit/config.toml': CONFIG }), expect: { from: null, says: ['The platform sets server.port, server.headless, whatever .streamlit/config.toml says.'] } },
  { title: 'a configuration beside the entry file and one in the root', files: { 'web/app.py': APP, 'web/.streamlit/config.toml': CONFIG, '.streamlit/config.toml': '[theme]\nbase = "light"\n' }, expect: { from: null, says: ['whatever web/.streamlit/config.toml says', 'the first counts where both say something'] } },
  { title: 'a configuration that is no TOML', files: app({ '.streamlit/config.toml': '[server\n' }), expect: { from: null, says: ['.streamlit/config.toml is not valid TOML'] } },
];
