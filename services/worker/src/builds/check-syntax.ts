import { decodeText, syntaxFailure } from '@weir/build-plan';
import { z } from 'zod';
import { outputOf } from '../sandbox/output-of.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { BuildFailed, failed } from './build-failed.ts';

const Fault = z.object({ path: z.string(), line: z.number().int().nullable(), message: z.string(), text: z.string() });

/** The scripts that Streamlit would run: the entry file, and the pages beside it. */
export function scriptsToCheck(entryFile: string, contents: ReadonlyMap<string, Buffer>): [path: string, source: Buffer][] {
  const folder = entryFile.includes('/') ? entryFile.slice(0, entryFile.lastIndexOf('/') + 1) : '';
  const isPage = (path: string): boolean => path.startsWith(`${folder}pages/`) && path.endsWith('.py') && !path.slice(`${folder}pages/`.length).includes('/');
  return [...contents].filter(([path]) => path === entryFile || isPage(path));
}

/**
 * Compiles scripts with the image's Python, running none.
 *
 * @param of the Python, and those that the app could have instead
 * @throws BuildFailed `app.syntax_error` for the first that does not compile
 */
export async function checkSyntax(sandbox: Sandbox, scripts: readonly (readonly [path: string, source: Buffer])[], of: { python: string; pythons: readonly string[] }): Promise<void> {
  if (scripts.length === 0) return;
  const order = scripts.map(([path, source]) => `${JSON.stringify({ path, source: source.toString('base64') })}\n`).join('');
  const { code, text } = await outputOf(sandbox, { argv: ['python3', '/opt/weir/compile_check.py'], stdin: Buffer.from(order), maxOutputBytes: 2 ** 20, limitMs: 60_000 });
  const [first] = text.split('\n').filter((line) => line !== '').map((line) => Fault.parse(JSON.parse(line)));
  if (first) throw new BuildFailed(syntaxFailure(first, decodeText(scripts.find(([path]) => path === first.path)?.[1] ?? Buffer.alloc(0)) ?? '', of));
  if (code !== 0) throw failed('plan', 'app.syntax_error', 'A script could not be compiled: it is too large or too deeply nested.', null);
}
