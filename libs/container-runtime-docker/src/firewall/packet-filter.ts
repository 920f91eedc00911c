import { spawn } from 'node:child_process';

/** What running a command gave. */
export interface Outcome {
  readonly code: number;
  readonly output: string;
}

/** The kernel's packet filter, by its commands. Never a shell: arguments go as they are. */
export abstract class PacketFilter {
  /** @throws Error when the command is not installed */
  abstract run(command: 'iptables' | 'ip6tables' | 'iptables-restore' | 'ip6tables-restore', args: readonly string[], input?: string): Promise<Outcome>;
}

const TIMEOUT_MS = 15_000;

/** The real one. */
export class KernelPacketFilter extends PacketFilter {
  run(command: string, args: readonly string[], input?: string): Promise<Outcome> {
    const { promise, resolve, reject } = Promise.withResolvers<Outcome>();
    const child = spawn(command, args, { stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'], timeout: TIMEOUT_MS });
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
