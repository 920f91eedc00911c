import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Route, RouteInstance } from '@weir/contracts';
import type { AppId } from '@weir/domain';

const FOLDER = fileURLToPath(new URL('..', import.meta.url));

/** What is delivered, made once for all tests of a file, and beside those that others make and run at the same time. */
let making: Promise<string> | undefined;
const built = (): Promise<string> => (making ??= build(`dist/tested-${process.env['VITEST_POOL_ID'] ?? process.pid}/main.js`));

async function build(file: string): Promise<string> {
  await promisify(execFile)(process.execPath, [join(FOLDER, '../../node_modules/rolldown/bin/cli.mjs'), '-c', '--file', file], { cwd: FOLDER });
  return join(FOLDER, file);
}

/** Nobody listens there. */
const DEAD = 'http://127.0.0.1:1';

export const aRoute = (hostname: string, app: AppId, instances: readonly RouteInstance[]): Route => ({ hostname, app, status: 'live', policy: { kind: 'public' }, framework: { name: 'streamlit', version: null }, instances: [...instances] });

export function writeSnapshot(routes: readonly Route[]): string {
  const file = join(mkdtempSync(join(tmpdir(), 'weir-gateway-')), 'routes.json');
  writeFileSync(file, JSON.stringify({ version: 2, cursor: 7, consoleHost: 'console.localhost', routes }));
  return file;
}

/** A gateway in a process of its own, with everything else dead. */
export class GatewayProcess {
  readonly #child: ChildProcess;
  readonly ended: Promise<number | null>;

  private constructor(child: ChildProcess, readonly port: number, readonly adminPort: number) {
    this.#child = child;
    this.ended = once(child, 'exit').then(([code]) => code as number | null);
  }

  static async start(snapshotFile: string, env: Record<string, string> = {}): Promise<GatewayProcess> {
    const [main, port, adminPort] = [await built(), await freePort(), await freePort()];
    const child = spawn(process.execPath, [main], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { WEIR_LISTEN: `127.0.0.1:${port}`, WEIR_ADMIN_PORT: String(adminPort), WEIR_CONTROL_PLANE_URL: DEAD, WEIR_WORKER_URL: DEAD, WEIR_CONSOLE_INTERNAL_URL: DEAD, WEIR_INTERNAL_TOKEN: 'token', WEIR_SNAPSHOT_FILE: snapshotFile, WEIR_MAX_NEW_CONNECTIONS_PER_ADDRESS: '100000', ...env },
    });
    await ready(child);
    return new GatewayProcess(child, port, adminPort);
  }

  /**
   * As a shell starts it, with no other environment than the command's own.
   *
   * @param command makes it of what was built, and of ports that are free
   */
  static async run(folder: string, command: (main: string, port: number, adminPort: number) => string): Promise<GatewayProcess> {
    const [main, port, adminPort] = [await built(), await freePort(), await freePort()];
    const child = spawn('sh', ['-c', `exec env ${command(main, port, adminPort)}`], { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'], env: { PATH: `${dirname(process.execPath)}:${process.env['PATH']}` } });
    await ready(child);
    return new GatewayProcess(child, port, adminPort);
  }

  get rssMib(): number {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.#child.pid}/status`, 'utf8'))?.[1]) / 1024;
  }

  /** Lets go of the other end of its standard input. */
  abandon(): void {
    this.#child.stdin?.end();
  }

  kill(signal: 'SIGTERM' | 'SIGKILL'): void {
    this.#child.kill(signal);
  }

  async stop(): Promise<void> {
    this.kill('SIGKILL');
    await this.ended;
  }
}

async function ready(child: ChildProcess): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    let said = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('"process.ready"')) resolve();
      said = said.slice(-10_000);
    });
    child.once('exit', () => reject(new Error(`the gateway ended: ${said}`)));
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  server.close();
  return typeof bound === 'object' && bound ? bound.port : 0;
}
