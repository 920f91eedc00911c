import { describe, expect, it } from 'vitest';
import { ByteReader } from './byte-reader.ts';
import { readCommit } from './read-commit.ts';

/** What `export_tree.py` writes of these files. */
function exported(files: Record<string, Buffer>, author = 'Ada'): ByteReader {
  const reader = new ByteReader();
  const say = (document: object) => void reader.write(Buffer.from(`${JSON.stringify(document)}\n`));
  say({ commit: 'a'.repeat(40), author, message: 'Change', head: 'main', files: Object.keys(files).length });
  for (const [path, content] of Object.entries(files)) {
    say({ mode: '100644', path: Buffer.from(path).toString('base64'), size: content.length });
    void reader.write(content);
  }
  reader.end();
  return reader;
}

describe('a commit as planning sees it', () => {
  it('has the texts that editors on Windows write, without their byte order marks', async () => {
    const utf16be = Buffer.from('\ufeffpandas\r\n', 'utf16le').swap16();
    const { tree } = await readCommit(exported({ 'requirements.txt': Buffer.from('\ufeffpandas\r\n', 'utf16le'), 'packages.txt': Buffer.from('\ufeffpandas\r\n'), 'more-requirements.txt': utf16be }));
    for (const path of ['requirements.txt', 'packages.txt', 'more-requirements.txt']) expect(tree.files.get(path)?.text, path).toBe('pandas\r\n');
  });

  it('B6 has an author of as many characters as are stored, however the sandbox counted them, and no half of one', async () => {
    const { author } = await readCommit(exported({}, `a${'🎈'.repeat(200)}`));
    expect([author.length, author.isWellFormed()]).toEqual([200, true]);
  });

  it('gives a committed secrets.toml to the deploy check and to nothing else', async () => {
    const { tree, contents, checkOnly, warnings } = await readCommit(exported({ '.streamlit/secrets.toml': Buffer.from('a = "b"\n') }));
    expect([tree.files.size, contents.size, [...checkOnly.keys()]]).toEqual([0, 0, ['.streamlit/secrets.toml']]);
    expect(warnings).toMatchObject([{ code: 'source.secrets_committed' }]);
  });

  it('keeps texts in which secrets are left for the deploy check, and no data', async () => {
    const { checkOnly } = await readCommit(exported({ 'config.yaml': Buffer.alloc(2000, 'a'), 'data.csv': Buffer.alloc(2000, 'a'), 'large.json': Buffer.alloc(100_000, 'a') }));
    expect([...checkOnly.keys()]).toEqual(['config.yaml']);
  });

  it('has no text of what is none', async () => {
    const { tree } = await readCommit(exported({ 'requirements.txt': Buffer.from([0x50, 0x4b, 3, 4, 0, 0]) }));
    expect(tree.files.get('requirements.txt')).toEqual({ size: 6 });
  });
});
