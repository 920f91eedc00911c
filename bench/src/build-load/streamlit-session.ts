import WebSocket from 'ws';
import type { Platform } from '../platform.ts';
import { timed } from '../waiting.ts';

/** `BackMsg { rerun_script: { widget_states: {} } }`, as Streamlit's front end asks for a run. */
const RERUN = Buffer.from([0x5a, 0x02, 0x12, 0x00]);
/** `ForwardMsg.script_finished`. */
const SCRIPT_FINISHED = 6;
const LIMIT_MS = 60_000;

/** One open tab of a Streamlit app: it asks for runs of the script, as each turn of a widget does. */
export class StreamlitSession {
  readonly #socket: WebSocket;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  static async open(platform: Platform, hostname: string): Promise<StreamlitSession> {
    const { port, host } = platform.door(hostname);
    const socket = new WebSocket(`ws://127.0.0.1:${port}/_stcore/stream`, ['streamlit', 'PLACEHOLDER_AUTH_TOKEN'], { headers: { host, origin: `http://${host}` } });
    await new Promise((resolve, reject) => void socket.once('open', resolve).once('error', reject));
    const session = new StreamlitSession(socket);
    await session.rerun();
    return session;
  }

  /** Milliseconds from asking for a run until its end has been told. */
  rerun(): Promise<number> {
    return timed(() => new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => settle(() => reject(new Error('a run of the script did not end in time'))), LIMIT_MS);
      const hear = (data: Buffer): void => {
        if (hasField(data, SCRIPT_FINISHED)) settle(resolve);
      };
      const lost = (): void => settle(() => reject(new Error('the socket was closed')));
      const settle = (then: () => void): void => {
        clearTimeout(timer);
        this.#socket.off('message', hear).off('close', lost);
        then();
      };
      this.#socket.on('message', hear).once('close', lost);
      this.#socket.send(RERUN);
    }));
  }

  close(): void {
    this.#socket.terminate();
  }
}

/** Whether a message of protocol buffers has a field of this number, at its top. */
export function hasField(bytes: Buffer, wanted: number): boolean {
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 1; at < bytes.length; shift *= 128) {
      const byte = bytes.readUInt8(at++);
      value += (byte % 128) * shift;
      if (byte < 128) break;
    }
    return value;
  };
  const pass = (count: number): void => void (at += count);
  /** Passes the value that follows a tag, by its wire type. */
  const values: Readonly<Record<number, () => void>> = { 0: () => void varint(), 1: () => pass(8), 2: () => pass(varint()), 5: () => pass(4) };
  while (at < bytes.length) {
    const tag = varint();
    if (Math.floor(tag / 8) === wanted) return true;
    const passValue = values[tag % 8];
    if (!passValue) return false;
    passValue();
  }
  return false;
}
