import { describe, expect, it } from 'vitest';
import { dependencyFindings } from './dependencies.ts';

const findings = (text: string, complete = true): string[] => {
  const tree = { files: new Map([['requirements.txt', { size: text.length, text }]]) };
  return dependencyFindings([], { tree, dependencies: { kind: 'requirements', path: 'requirements.txt', dir: '' }, complete }, null).map(({ rule }) => rule);
};
const FROZEN = Array.from({ length: 30 }, (_, at) => `package${at}==1.0`);

describe('a package that no file imports', () => {
  it('is told of where a person wrote the list', () => {
    expect(findings('streamlit==1.50.0\nseaborn==0.13.2\n')).toEqual(['unused_requirement']);
  });

  it('may be what a stored model is made of', () => {
    expect(findings('streamlit==1.50.0\nscikit-learn==1.5.2\n')).toEqual([]);
  });

  it('is not called unused where not every script could be read', () => {
    expect(findings('streamlit==1.50.0\nseaborn==0.13.2\n', false)).toEqual([]);
  });

  it.each([
    ['pip freeze', ['seaborn==0.13.2', ...FROZEN].join('\n')],
    ['pip freeze, of which a tool raised some versions', ['seaborn>=0.13.2', 'pillow>=9', ...FROZEN].join('\n')],
    ['pip-compile', 'seaborn==0.13.2\n    # via -r requirements.in\nstreamlit==1.50.0\n    # via -r requirements.in\n'],
  ])('may be needed by the rest in a list that is the output of %s', (_, text) => {
    expect(findings(text)).toEqual([]);
  });
});

const PROJECTS = {
  'pyproject.toml': '[project]\nname = "app"\nversion = "1"\ndependencies = [\n  "streamlit>=1.40,<2",\n  "pandas",\n  "seaborn>=0.13 ; python_version >= \'3.9\'",\n]\n',
  Pipfile: '[packages]\nstreamlit = ">=1.40,<2"\n# tables\npandas = "*"\nseaborn = {version = ">=0.13"}\n',
  'environment.yml': 'name: app\ndependencies:\n  - python=3.11\n  - streamlit=1.50\n  - pandas\n  - pip:\n      - seaborn>=0.13\n',
};

describe('the dependencies of a project', () => {
  const check = (files: Readonly<Record<string, string>>) => {
    const [path = ''] = Object.keys(files);
    const kind = path === 'Pipfile' ? 'pipfile' : path === 'environment.yml' ? 'environment' : 'pyproject';
    const tree = { files: new Map(Object.entries(files).map(([name, text]) => [name, { size: text.length, text }])) };
    const imports = [{ module: 'pandas', path: 'app.py', line: 1, needed: true }];
    return dependencyFindings(imports, { tree, dependencies: { kind, path, dir: '' }, complete: true }, null).map(({ rule, line, why }) => `${line} ${rule} ${why.split(' ')[0]}`);
  };

  it.each([['pyproject.toml', 6, 7], ['Pipfile', 4, 5], ['environment.yml', 5, 7]] as const)('are judged by the lines of its %s', (path, open, idle) => {
    expect(check({ [path]: PROJECTS[path] })).toEqual([`${open} unpinned_requirement pandas`, `${idle} unused_requirement seaborn`]);
  });

  it('have versions where a lock says them', () => {
    expect(check({ Pipfile: PROJECTS.Pipfile, 'Pipfile.lock': JSON.stringify({ default: { pandas: { version: '==2.2.3' } } }) })).toEqual([]);
  });
});

it('a file that is included behind an option may ask for more', () => {
  expect(findings('--pre -r base.txt\nstreamlit\n')).toEqual([]);
  expect(findings('--pre\nstreamlit\n')).toEqual(['unpinned_requirement']);
});

it('a module may be called as what every object has', () => {
  const tree = { files: new Map([['requirements.txt', { size: 10, text: 'streamlit==1.50.0\npandas==2.3.0\n' }]]) };
  const imports = ['constructor', 'toString'].map((module) => ({ module, path: 'app.py', line: 1, needed: true }));
  const judge = () => dependencyFindings(imports, { tree, dependencies: { kind: 'requirements', path: 'requirements.txt', dir: '' }, complete: true }, null);
  expect(judge()).toEqual([]);
});
