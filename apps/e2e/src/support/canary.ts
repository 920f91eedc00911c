import { randomBytes } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execute } from './weir.ts';

/** What a text looks like inside longer base64: it begins at one of three places of a group, and its edges mix with its neighbours. */
function base64Forms(text: string): string[] {
  const shifted = [0, 1, 2].map((shift) => Buffer.from(`${'\0'.repeat(shift)}${text}`).toString('base64').replace(/=+$/, '').slice(shift === 0 ? 0 : 4, -1));
  return shifted.flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')]);
}

/** A value that is nowhere else in the world, and how it looks when it leaks. */
export class Canary {
  readonly value = `canary${randomBytes(20).toString('base64url').replaceAll(/[-_]/g, 'x')}`;
  readonly forms: readonly string[];
  /** The forms, one a line, as `grep -f` takes them. */
  readonly #file = join(mkdtempSync(join(tmpdir(), 'weir-canary-')), 'forms');

  constructor(value?: string) {
    if (value !== undefined) this.value = value;
    const hex = Buffer.from(this.value).toString('hex');
    this.forms = [...new Set([this.value, hex, hex.toUpperCase(), ...base64Forms(this.value)])];
    writeFileSync(this.#file, `${this.forms.join('\n')}\n`);
  }

  isIn(text: string): boolean {
    return this.forms.some((form) => text.includes(form));
  }

  /** The files at or below these paths that it is in. */
  async filesIn(...paths: string[]): Promise<string[]> {
    const { code, stdout, stderr } = await execute('grep', ['--recursive', '--text', '--fixed-strings', '--devices=skip', '--files-with-matches', '--no-messages', '--file', this.#file, '--', ...paths]);
    if (code !== 0 && code !== 1 && stdout === '') throw new Error(`grep ended with ${code}: ${stderr}`);
    return stdout.split('\n').filter((line) => line !== '').toSorted();
  }

  /** Whether it is in an image: in its configuration, its history, or a file of any of its layers. */
  async isInImage(image: string): Promise<boolean> {
    const script = 'docker save "$1" | grep --text --fixed-strings --only-matching --file "$2" | sort -u';
    const { code, stdout, stderr } = await execute('sh', ['-c', script, 'sh', image, this.#file]);
    if (code !== 0 || stderr !== '') throw new Error(`docker save ${image}: ${stderr}`);
    return stdout !== '';
  }
}
