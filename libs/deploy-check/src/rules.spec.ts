import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkFolder } from './check-folder.ts';
import { judge, readSource } from './check-source.ts';
import { readFolder } from './folder-fixture.ts';
import { LocalPython } from './local-python.ts';
import { RULE_IDS, RULES } from './rules.ts';

const FIXTURES = join(import.meta.dirname, 'fixtures');
const EXAMPLES = join(import.meta.dirname, '../../../examples');
const python = LocalPython.find();

/** Faults are marked at their lines: `# expect: rule`. */
function expected(contents: ReadonlyMap<string, Buffer>): string[] {
  return [...contents].flatMap(([path, content]) => content.toString('utf8').split('\n').flatMap((line, index) => [...line.matchAll(/# expect: (\w+)/g)].map(([, rule]) => `${path}:${index + 1} ${rule}`)));
}

describe.skipIf(!python)('the check (needs python3 of 3.9 or newer on this machine)', () => {
  const found = async (folder: string, lock: string | null = null) => {
    const { sizes, contents } = readFolder(folder);
    if (lock === null) return (await checkFolder(sizes, contents, 'streamlit_app.py', python!)).findings;
    const tree = { files: new Map([...sizes].map(([path, size]) => [path, { size }])) };
    const source = { tree, contents, entryFile: 'streamlit_app.py', framework: 'streamlit' as const, dependencies: { kind: 'none' as const } };
    return judge(await readSource(source, python!), source, lock);
  };
  const placed = (findings: Awaited<ReturnType<typeof found>>) => findings.map(({ path, line, rule }) => `${path}:${line} ${rule}`).toSorted();

  it.each(readdirSync(FIXTURES).filter((name) => name !== 'page-config'))('finds each fault of the fixture “%s” at its line, and nothing else', async (name) => {
    expect(placed(await found(join(FIXTURES, name)))).toEqual(expected(readFolder(join(FIXTURES, name)).contents).toSorted());
  });

  it('minds the place of set_page_config only for versions of Streamlit that do', async () => {
    const folder = join(FIXTURES, 'page-config');
    expect(placed(await found(folder, 'streamlit==1.45.1\n'))).toEqual(expected(readFolder(folder).contents));
    expect(await found(folder, 'streamlit==1.46.0\n')).toEqual([]);
    expect(await found(folder)).toEqual([]);
  });

  it('has a fixture for each rule about code', () => {
    const marked = readdirSync(FIXTURES).flatMap((name) => expected(readFolder(join(FIXTURES, name)).contents)).map((line) => line.split(' ')[1]);
    expect(new Set(marked)).toEqual(new Set(RULE_IDS.filter((rule) => rule !== 'committed_credential' && rule !== 'secrets_file')));
  });

  it.each(readdirSync(EXAMPLES).filter((name) => !name.endsWith('.md')))('says nothing of the example “%s”', async (name) => {
    expect(await found(join(EXAMPLES, name))).toEqual([]);
  });

  it('asks for a package that is imported and was not installed', async () => {
    const findings = await found(join(FIXTURES, 'dependencies'), 'pandas==2.2.0\nstreamlit==1.46.0\nyfinance==0.2.0\n');
    expect(findings.map(({ rule, why }) => [rule, why])).toEqual([['missing_requirement', 'docx (package python-docx) is imported, and no dependency brings it.']]);
  });
});

describe('the rules', () => {
  it('are explained in docs/deploy-check.md, each by its name', () => {
    const page = readFileSync(join(import.meta.dirname, '../../../docs/deploy-check.md'), 'utf8');
    expect([...page.matchAll(/^### `(\w+)`/gm)].map(([, rule]) => rule)).toEqual(RULE_IDS);
  });

  it('say in one sentence each why it matters and what mends it', () => {
    for (const { why, fix } of Object.values(RULES)) for (const sentence of [why('x'), fix]) expect(sentence).toMatch(/^\S.*\.$/);
  });
});
