import type Docker from 'dockerode';
import type { Duplex, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { drained } from './drained.ts';
import { framesOf } from './exec-frames.ts';
import { cutOutputLeftOpen, Quiet } from './output-left-open.ts';
import { outputOf } from './output-of.ts';

/** The command wrote more than it may, or took longer than it may. */
export class SandboxLimit extends Error {
  constructor(readonly limit: 'output' | 'time', message: string) {
    super(message);
  }
}

type Take = (chunk: Buffer) => void | Promise<void>;

export interface SandboxCommand {
  readonly argv: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly stdin?: Readable | Buffer;
  readonly stdout?: Take;
  readonly stderr?: Take;
  /** Through the sandbox's proxy; without it the command has no network at all. */
  readonly online?: boolean;
  readonly maxOutputBytes?: number;
  readonly limitMs?: number;
}

const FORWARDER = ['python3', '/opt/weir/egress.py', '--'];
const MAX_OUTPUT_BYTES = 64 * 2 ** 20;
const LIMIT_MS = 15 * 60_000;

/** A hardened container in which commands are run, one after another or at once, until it is closed. */
export class Sandbox {
  #closing: Promise<void> | undefined;

  constructor(
    private readonly container: Docker.Container,
    private readonly signal: AbortSignal,
    /** What is left to do once the container is gone; not given where somebody else closes it. */
    private readonly release?: () => Promise<void>,
  ) {
    if (release) signal.addEventListener('abort', this.#abort, { once: true });
  }

  readonly #abort = (): void => {
    this.close().catch(() => undefined); // whoever aborted closes it again, and hears why it cannot be
  };

  get id(): string {
    return this.container.id;
  }

  /** The same container for one piece of work of several: a command ends with `signal` too, and the container stays. */
  within(signal: AbortSignal): Sandbox {
    return new Sandbox(this.container, AbortSignal.any([this.signal, signal]));
  }

  /**
   * Runs a command to its end. A non-zero exit is an answer, not an error.
   *
   * @throws SandboxLimit, the signal's reason, or an error of the engine
   */
  async run(command: SandboxCommand): Promise<number> {
    this.signal.throwIfAborted();
    const argv = command.online ? [...FORWARDER, ...command.argv] : [...command.argv];
    const exec = await this.container.exec({
      Cmd: argv,
      AttachStdin: command.stdin !== undefined,
      AttachStdout: true,
      AttachStderr: true,
      ...(command.env && { Env: Object.entries(command.env).map(([name, value]) => `${name}=${value}`) }),
      ...(command.cwd && { WorkingDir: command.cwd }),
    });
    const stream: Duplex = await exec.start({ hijack: true, stdin: command.stdin !== undefined });
    const limit = AbortSignal.timeout(command.limitMs ?? LIMIT_MS);
    const stop = (): void => void stream.destroy();
    limit.addEventListener('abort', stop, { once: true });
    this.signal.addEventListener('abort', stop, { once: true });
    if (this.signal.aborted) stop(); // while the engine began it
    const over = new AbortController();
    const quiet = new Quiet();
    const left = cutOutputLeftOpen(exec, stream, quiet, over.signal);
    try {
      const read = this.#read(stream, command, quiet).finally(() => over.abort());
      await Promise.all([this.#write(stream, command.stdin, over.signal), read, left]);
    } catch (error) {
      this.signal.throwIfAborted();
      if (limit.aborted) throw new SandboxLimit('time', `It took longer than ${Math.round((command.limitMs ?? LIMIT_MS) / 1000)} seconds.`);
      over.abort();
      if (!(await left)) throw error;
    } finally {
      over.abort();
      stream.destroy();
      this.signal.removeEventListener('abort', stop);
    }
    return (await exec.inspect()).ExitCode ?? 137;
  }

  /** Whether the kernel killed anything in it for want of memory. */
  async ranOutOfMemory(): Promise<boolean> {
    const { text } = await outputOf(this, { argv: ['cat', '/sys/fs/cgroup/memory/memory.oom_control', '/sys/fs/cgroup/memory.events'], limitMs: 10_000 });
    return /^oom_kill [1-9]/m.test(text);
  }

  /** Removes the container and everything that runs in it. May be called again. */
  close(): Promise<void> {
    this.signal.removeEventListener('abort', this.#abort);
    this.#closing ??= this.#remove();
    return this.#closing;
  }

  async #remove(): Promise<void> {
    if (!this.release) return;
    try {
      await this.container.remove({ force: true, v: true });
    } catch (error) {
      if (![404, 409].includes((error as { statusCode?: number }).statusCode ?? 0)) throw error;
    } finally {
      await this.release();
    }
  }

  /** @param over the command has ended, and reads no more */
  async #write(stream: Duplex, stdin: Readable | Buffer | undefined, over: AbortSignal): Promise<void> {
    if (stdin === undefined) return;
    if (Buffer.isBuffer(stdin)) return void stream.end(stdin);
    try {
      await pipeline(stdin, async (source) => {
        for await (const chunk of source) if (!stream.write(chunk)) await drained(stream, over);
      }, { signal: over });
      stream.end();
    } catch (error) {
      if (!over.aborted && !stream.destroyed && (error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
    }
  }

  async #read(stream: Duplex, { stdout, stderr, maxOutputBytes = MAX_OUTPUT_BYTES }: SandboxCommand, quiet: Quiet): Promise<void> {
    let bytes = 0;
    for await (const frame of framesOf(stream)) {
      bytes += frame.chunk.length;
      if (bytes > maxOutputBytes) throw new SandboxLimit('output', `It wrote more than ${maxOutputBytes} bytes.`);
      await quiet.whileTaking(() => (frame.stream === 'stdout' ? stdout : stderr)?.(frame.chunk));
    }
    this.signal.throwIfAborted();
    if (!stream.readableEnded) throw new SandboxLimit('time', 'It was cut off.');
  }
}
