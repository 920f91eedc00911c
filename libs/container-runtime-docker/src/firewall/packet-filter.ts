import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

/** One table of rules for each kind of address. */
export type Family = 'iptables' | 'ip6tables';

/** What running a command gave. */
export interface Outcome {
  readonly code: number;
  readonly output: string;
}

/** The kernel's packet filter, by its commands. Never a shell: arguments go as they are. */
export abstract class PacketFilter {
  /** Those that this host has traffic of. */
  abstract readonly families: readonly Family[];

  /** @throws Error when the command is not installed */
  abstract run(command: Family | `${Family}-restore`, args: readonly string[], input?: string): Promise<Outcome>;
}

const TIMEOUT_MS = 15_000;
/** Where administrators' programs are: not every root has them on its path. */
const FOLDERS = ['/usr/sbin', '/sbin'];
const programOf = (command: string): string => FOLDERS.map((folder) => `${folder}/${command}`).find(existsSync) ?? command;

/** The real one. */
export class KernelPacketFilter extends PacketFilter {
  /** A kernel without IPv6 refuses its rules, and needs none. */
  readonly families = existsSync('/proc/net/if_inet6') ? (['iptables', 'ip6tables'] as const) : (['iptables'] as const);

  run(command: string, args: readonly string[], input?: string): Promise<Outcome> {
    const { promise, resolve, reject } = Promise.withResolvers<Outcome>();
    const child = spawn(programOf(command), args, { stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'], timeout: TIMEOUT_MS });
    let output = '';
    const collect = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    child.on('error', reject);
    child.stdin?.on('error', (error) => { output += error.message; }); // it ended without reading: its exit code says the rest
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
    child.stdin?.end(input);
    return promise;
  }
}
