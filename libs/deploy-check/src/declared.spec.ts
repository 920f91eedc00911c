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
