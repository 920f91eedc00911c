import { spawn, spawnSync } from 'node:child_process';
import { Python } from './python.ts';

const OLDEST = 9;
const LIMIT_MS = 30_000;
const MAX_OUTPUT_BYTES = 8 * 2 ** 20;

/** This machine's own `python3`. */
export class LocalPython extends Python {
  private constructor(private readonly command: string) {
    super();
  }

  /** `undefined` where there is none of 3.9 or newer. */
  static find(): LocalPython | undefined {
    const { stdout, status } = spawnSync('python3', ['-I', '-c', 'import sys; print(sys.executable, *sys.version_info[:2], sep="\\n")'], { encoding: 'utf8' });
    const [path = '', major, minor] = status === 0 ? stdout.trim().split('\n') : [];
    return path !== '' && major === '3' && Number(minor) >= OLDEST ? new LocalPython(path) : undefined;
  }

  run(argv: readonly string[], stdin: Buffer): Promise<string> {
    return new Promise((resolve, reject) => {
      const child = spawn(this.command, argv, { stdio: ['pipe', 'pipe', 'pipe'], timeout: LIMIT_MS });
      const chunks: Buffer[] = [];
      let bytes = 0;
      let words = '';
      child.stdout.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > MAX_OUTPUT_BYTES) child.kill();
        else chunks.push(chunk);
      });
      child.stderr.on('data', (chunk: Buffer) => void (words = (words + chunk.toString('utf8')).slice(-1000)));
      child.stdin.on('error', () => undefined); // it ended before it read everything; its exit says why
      child.on('error', reject);
      child.on('close', (code, signal) => (code === 0 ? resolve(Buffer.concat(chunks).toString('utf8')) : reject(new Error(`python3 ended with ${code ?? signal}: ${words}`))));
      child.stdin.end(stdin);
    });
  }
}
