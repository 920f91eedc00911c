import { describe, expect, it } from 'vitest';
import { explainAppLog, explainFailure, planBuild, planFilesMissing, type RepositoryTree } from './index.ts';
import type { TreeFile } from './repository-tree.ts';

/** Processor time since then, which other work on the machine does not make longer. */
const busyMs = (since: NodeJS.CpuUsage): number => process.cpuUsage(since).user / 1000;

const BLANKS = ' '.repeat(200_000);
const poetry = (dependencies: string): string => `[tool.poetry.dependencies]\n${dependencies}\n`;

/** What takes quadratic time where a pattern is written carelessly: a worker would stand still. */
const HOSTILE: Readonly<Record<string, readonly [path: string, text: string]>> = {
  'blanks before a hash': ['requirements.txt', `six==1.16.0${BLANKS}--hash=sha256:00`],
  'blanks inside a version': ['requirements.txt', `six==1${BLANKS}!`],
  'versions after versions': ['requirements.txt', `six ${'==1 '.repeat(4000)}@`],
  'blanks in a list of conda': ['environment.yml', `dependencies:\n  - "a${BLANKS}b"`],
  'brackets': ['requirements.txt', `six${'['.repeat(200_000)}`],
  'variables': ['requirements.txt', `six${'${A'.repeat(70_000)}`],
  'empty lines of YAML': ['environment.yml', `dependencies:${'\n'.repeat(200_000)}  - six`],
  'a long name of conda': ['environment.yml', `dependencies:\n  - ${'a/'.repeat(100_000)}`],
  'deep YAML': ['environment.yml', `dependencies: ${'['.repeat(20_000)}`],
  'blanks in a range of Poetry': ['pyproject.toml', poetry(`six = "1${BLANKS}x"`)],
  'many parts of a range': ['pyproject.toml', poetry(`six = "${'^1,'.repeat(70_000)}"`)],
  'blanks in requires-python': ['pyproject.toml', `[project]\nname = "x"\nversion = "1"\ndependencies = []\nrequires-python = "${BLANKS}>"\n`],
  'deep TOML': ['pyproject.toml', `a = ${'['.repeat(200_000)}`],
  'deep JSON': ['Pipfile.lock', '['.repeat(200_000)],
  'variables that double': ['Dockerfile', `FROM python\nENV A=aa\n${'ENV A=$A$A\n'.repeat(400)}`],
  'one line of variables': ['Dockerfile', `FROM python\nENV A=${'a'.repeat(9000)}\nCMD ${'$A'.repeat(20_000)}`],
  'stages that double': ['Dockerfile', `FROM python AS s0\nRUN pip install six\n${Array.from({ length: 18 }, (_, i) => `FROM s${i} AS s${i + 1}\n${`COPY --from=s${i} /a /a\n`.repeat(9)}`).join('')}`],
  'more stages than any': ['Dockerfile', Array.from({ length: 3000 }, (_, i) => `FROM s${i} AS s${i + 1}\n`).join('')],
  'patterns of stars': ['Dockerfile', `FROM python\nCOPY ${`${'*a'.repeat(60)}b `.repeat(500)} .`],
  'files one by one': ['Dockerfile', `FROM python\n${`COPY ${'app.py '.repeat(60)} /\n`.repeat(150)}RUN pip install ${'-r a '.repeat(10_000)}`],
  'blanks of a Dockerfile': ['Dockerfile', `FROM${' '.repeat(30_000)}python AS${' '.repeat(30_000)}\n`],
  'quotes of a Dockerfile': ['Dockerfile', `FROM python\nRUN ${'"'.repeat(60_001)}`],
  'flags of a Dockerfile': ['Dockerfile', `FROM python\nCOPY ${'--a '.repeat(16_000)}`],
  'a Dockerfile that never ends a line': ['Dockerfile', `FROM python\n${'\\\n'.repeat(30_000)}`],
  'variables that grow with every line': ['Dockerfile', `FROM python\nENV A=${'a'.repeat(16_370)}\nENV V0=$A\n${Array.from({ length: 450 }, (_, i) => `ENV V${i + 1}=$A$V${i}\n`).join('')}CMD ["streamlit", "run", "app.py"]\n`],
  'a line of long variables': ['Dockerfile', `FROM python\nENV A=${'a'.repeat(16_000)}\nENV B ${'$A '.repeat(10_000)}\n`],
  'lines of long requirements': ['Dockerfile', `FROM python\nENV A=${'a'.repeat(15_900)}\n${Array.from({ length: 480 }, (_, i) => `RUN pip install x${i} $A $A $A $A\n`).join('')}CMD ["streamlit", "run", "app.py"]\n`],
  'a list of long words': ['Dockerfile', `FROM python\nENV A=${'a'.repeat(16_000)}\nCMD ["python", "app.py"${', "$A"'.repeat(7000)}]\n`],
  'requirements that are copied often': ['Dockerfile', `FROM python AS one\nRUN pip install ${Array.from({ length: 11_000 }, (_, i) => i.toString(36)).join(' ')}\nFROM python\n${'COPY --from=one /a /b\n'.repeat(400)}CMD ["python", "app.py"]\n`],
  'packages named as what every object has': ['Dockerfile', 'FROM python\nRUN pip install constructor __proto__ toString\nCMD ["python", "app.py"]\n'],
  'an ARG that is no word': ['Dockerfile', `ARG A="\nFROM "\n`],
  'an address without an end': ['Pipfile', `[[source]]\nurl = "${'/@'.repeat(100_000)}"\n[packages]\n`],
};

describe('a file made to keep the planner busy', () => {
  it.each(Object.entries(HOSTILE))('(%s) is planned or refused at once', (_, [path, text]) => {
    const files = { 'app.py': 'import streamlit', ...(path === 'Pipfile.lock' && { Pipfile: '' }), [path]: text };
    const tree: RepositoryTree = { files: new Map(Object.entries(files).map(([name, content]) => [name, { size: content.length, text: content }])) };
    const started = process.cpuUsage();
    planFilesMissing(tree);
    planBuild(tree, { entryFile: null, python: null, pythons: ['3.11'], defaultPython: '3.11', allows: { dockerfiles: true, packages: null } });
    expect(busyMs(started)).toBeLessThan(2000);
  });
});

/** Files that are only named, as many as a repository may have, with paths as long as they may be. */
const NAMED: Readonly<Record<string, readonly [dockerfile: string, name: (i: number) => string]>> = {
  'patterns of long names': [`FROM python\n${Array.from({ length: 90 }, (_, i) => `COPY d/*${'a'.repeat(120)}b${i} /x/\n`).join('')}CMD ["python", "app.py"]\n`, (i) => `d/${'a'.repeat(240)}${i}`],
  'patterns of many stages': [`${Array.from({ length: 18 }, (_, i) => `FROM ${i === 0 ? 'python' : `s${i - 1}`} AS s${i}\n${'COPY */*/b* /x/\n'.repeat(25)}`).join('')}CMD ["python", "app.py"]\n`, (i) => `${i}/${'b'.repeat(250)}/${'c'.repeat(250)}/d`],
  'deep folders': [`FROM python AS one\nCOPY . /app\nFROM one\nCOPY a /b\nCMD ["python", "app.py"]\n`, (i) => `${i}/${'a/'.repeat(500)}x`],
};

describe('a repository made to keep the planner busy', () => {
  it.each(Object.entries(NAMED))('(%s) is planned or refused at once', (_, [text, name]) => {
    const files = new Map<string, TreeFile>([['app.py', { size: 16, text: 'import streamlit' }], ['Dockerfile', { size: text.length, text }]]);
    for (let i = 0; i < 20_000; i++) files.set(name(i), { size: 1 });
    const started = process.cpuUsage();
    planBuild({ files }, { entryFile: null, python: null, pythons: ['3.11'], defaultPython: '3.11', allows: { dockerfiles: true, packages: null } });
    expect(busyMs(started)).toBeLessThan(2000);
  });
});

describe('a log made to keep its reader busy', () => {
  const frame = (file: string, message: string): string[] => ['Uncaught app exception', 'Traceback (most recent call last):', `  File "/app/${file}", line 1, in <module>`, message];

  it.each([
    ['a file name that is a pattern', frame('(x+x+)+y.py', `ImportError: from '${'x'.repeat(40)}`)],
    ['a file name that is no pattern', frame('c++.py', "SyntaxError: invalid syntax")],
  ])('(%s) is explained at once', (_, log) => {
    const started = process.cpuUsage();
    expect(explainAppLog(log)).toHaveLength(1);
    expect(busyMs(started)).toBeLessThan(2000);
  });

  it('is a resolver report of a hundred thousand demands', () => {
    const log = ['  × No solution found when resolving dependencies:', ...Array.from({ length: 100_000 }, (_, i) => `  ╰─▶ a==${i} depends on b==${i}`)];
    const started = process.cpuUsage();
    explainFailure({ phase: 'environment', exitCode: 1, signal: null, oom: false, timedOut: false, log, plan: null });
    expect(busyMs(started)).toBeLessThan(4000);
  });
});
