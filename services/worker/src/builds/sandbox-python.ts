import { Python } from '@weir/deploy-check';
import type { Sandbox } from '../sandbox/sandbox.ts';

const MAX_OUTPUT_BYTES = 8 * 2 ** 20;
const LIMIT_MS = 20_000;

/** The Python of a sandbox, without a network. */
export class SandboxPython extends Python {
  constructor(private readonly sandbox: Sandbox) {
    super();
  }

  async run(argv: readonly string[], stdin: Buffer): Promise<string> {
    const chunks: Buffer[] = [];
    let words = '';
    const code = await this.sandbox.run({
      argv: ['python3', ...argv], stdin, maxOutputBytes: MAX_OUTPUT_BYTES, limitMs: LIMIT_MS,
      stdout: (chunk) => void chunks.push(chunk),
      stderr: (chunk) => void (words = (words + chunk.toString('utf8')).slice(-1000)),
    });
    if (code !== 0) throw new Error(`python3 ended with ${code}: ${words}`);
    return Buffer.concat(chunks).toString('utf8');
  }
}
