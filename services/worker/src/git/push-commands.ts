import { PacketReader } from './pkt-line.ts';

export interface PushCommand {
  readonly from: string;
  readonly to: string;
  readonly ref: string;
}

const COMMAND = /^([0-9a-f]{40,64}) ([0-9a-f]{40,64}) ([^\0\n]+)/;
const MAX_HEAD = 1_048_576;

/** Reads what a push asks for from the start of its request, while the request goes on to git. */
export class PushCommands {
  readonly commands: PushCommand[] = [];
  /** What the client can do, as it said with its first command. */
  capabilities: readonly string[] = [];
  #reader: PacketReader | undefined = new PacketReader();
  #seen = 0;

  push(chunk: Buffer): void {
    if (!this.#reader) return;
    this.#seen += chunk.length;
    try {
      for (const line of this.#reader.push(chunk)) {
        const command = line && COMMAND.exec(line.toString('utf8'));
        if (!command?.[1] || !command[2] || !command[3]) return this.#end(); // the flush after the last command
        this.commands.push({ from: command[1], to: command[2], ref: command[3] });
        const at = line?.indexOf(0) ?? -1;
        if (line && at >= 0) this.capabilities = line.subarray(at + 1).toString('utf8').trim().split(' ');
      }
    } catch {
      this.#end(); // not a push: git itself says what is wrong with it
    }
    if (this.#seen > MAX_HEAD) this.#end();
  }

  #end(): void {
    this.#reader = undefined;
  }
}
