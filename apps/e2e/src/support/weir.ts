import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DeployResult } from './documents.ts';

export const root = fileURLToPath(new URL('../../../..', import.meta.url));

export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The last line of stdout, parsed, where it is a JSON document. */
  readonly json: unknown;
}

function lastDocument(stdout: string): unknown {
  const line = stdout.trim().split('\n').at(-1) ?? '';
  return /^(\{|\[\{|\[\]$)/.test(line) ? (JSON.parse(line) as unknown) : undefined;
}

/** Runs a program to its end; nothing of it is left on our streams. */
export function execute(program: string, args: readonly string[], options: { cwd?: string; env?: NodeJS.ProcessEnv } = {}): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: options.cwd ?? root, env: { ...process.env, ...options.env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr, json: lastDocument(stdout) }));
  });
}

/** `./weir` as a root who may not touch the packet filter, as in many containers. */
export const runWithoutNetAdmin = (...args: readonly string[]): Promise<CommandResult> => execute('setpriv', ['--bounding-set=-net_admin', '--inh-caps=-net_admin', './weir', ...args]);

/** A free port below those that Linux gives to outgoing connections: it is still free when `up` gets to it. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(10_000, 20_000);
    const server = createServer();
    const isFree = await new Promise((resolve) => void server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true)));
    if (isFree) return new Promise((resolve) => void server.close(() => resolve(port)));
  }
}

export interface Up {
  readonly consoleUrl: string;
  readonly signInUrl: string;
  readonly apiUrl: string;
  readonly gatewayUrl: string;
  readonly appsDomain: string;
  readonly token: string;
  readonly dataDir: string;
}

/** An installation of its own, driven through `./weir` as a person would. */
export class Installation {
  readonly dataDir: string;

  constructor(readonly up: Up) {
    this.dataDir = up.dataDir;
  }

  static async start(args: readonly string[] = []): Promise<Installation> {
    const dataDir = mkdtempSync(join(tmpdir(), 'weir-e2e-'));
    const { code, json, stdout, stderr } = await execute('./weir', ['up', '--detach', '--yes', '--json', '--data-dir', dataDir, '--port', String(await freePort()), ...args]);
    if (code !== 0) throw new Error(`up ended with ${code}:\n${stderr}${stdout}`);
    return new Installation(json as Up);
  }

  weir(...args: string[]): Promise<CommandResult> {
    return execute('./weir', [...args, '--data-dir', this.dataDir]);
  }

  /** A command whose document is wanted. */
  async json<T>(...args: string[]): Promise<T> {
    const { json, stderr, code } = await this.weir(...args, '--json');
    if (json === undefined) throw new Error(`weir ${args.join(' ')} ended with ${code} and printed no document:\n${stderr}`);
    return json as T;
  }

  /** Asks the public API, as the command line's token may. */
  async api(path: string, init: RequestInit = {}): Promise<{ readonly status: number; readonly text: string }> {
    const response = await fetch(`${this.up.apiUrl}/api${path}`, { ...init, headers: { authorization: `Bearer ${this.up.token}`, ...(init.body ? { 'content-type': 'application/json' } : {}) } });
    return { status: response.status, text: await response.text() };
  }

  /** Deploys what shall be live at the end. */
  async deploy(...args: string[]): Promise<DeployResult> {
    const deployed = await this.json<DeployResult>('deploy', ...args);
    if (deployed.status !== 'live') throw new Error(`weir deploy ${args.join(' ')}: ${JSON.stringify(deployed)}`);
    return deployed;
  }

  async destroy(): Promise<void> {
    const { code, stderr } = await this.weir('down', '--destroy', '--yes');
    if (code !== 0) throw new Error(`down ended with ${code}:\n${stderr}`);
  }
}
