/** A TCP connection as libuv has it: what `node:net` makes its `Socket` of. Numbers it returns are 0, or libuv's error. */
export interface TcpHandle {
  /** Ours: whom its events are for. */
  owner: unknown;
  onread: (this: TcpHandle) => Uint8Array | undefined;
  /** Reads go there, and from then on to what `onread` returns, if it returns something. */
  useUserBuffer(buffer: Uint8Array): void;
  readStart(): number;
  readStop(): number;
  connect(request: TcpRequest, address: string, port: number): number;
  connect6(request: TcpRequest, address: string, port: number): number;
  writeBuffer(request: TcpRequest, bytes: Uint8Array): number;
  writeLatin1String(request: TcpRequest, text: string): number;
  /** 1 if there was nothing to wait for. */
  shutdown(request: TcpRequest): number;
  getpeername(into: { address?: string; family?: string; port?: number }): number;
  setNoDelay(enable: boolean): number;
  setKeepAlive(enable: boolean, initialDelaySeconds: number): number;
  close(): void;
  /** Bytes. */
  readonly writeQueueSize: number;
}

/** Something that may take a while. */
export interface TcpRequest {
  oncomplete: (this: TcpRequest, status: number) => void;
  /** Ours: whom it is for, and what is kept until it is over. */
  owner: unknown;
  kept: unknown;
}

export interface NativeTcp {
  readonly TCP: new (kind: number) => TcpHandle;
  readonly TCPConnectWrap: new () => TcpRequest;
  readonly WriteWrap: new () => TcpRequest;
  readonly ShutdownWrap: new () => TcpRequest;
  /** The kind of a handle that connects. */
  readonly SOCKET: number;
  /** What the last call says beside what it returns, at the places below. */
  readonly streamBaseState: Int32Array;
  readonly kReadBytesOrError: number;
  readonly kLastWriteWasAsync: number;
}

const HAS = {
  function: ['TCP', 'TCPConnectWrap', 'WriteWrap', 'ShutdownWrap'],
  number: ['SOCKET', 'kReadBytesOrError', 'kLastWriteWasAsync'],
  object: ['streamBaseState'],
};
const METHODS = ['useUserBuffer', 'readStart', 'readStop', 'connect', 'connect6', 'writeBuffer', 'writeLatin1String', 'shutdown', 'getpeername', 'setNoDelay', 'setKeepAlive', 'close'];

/**
 * Node's binding of libuv's TCP, of which its documentation says only that it is its own (DEP0111).
 *
 * @returns `undefined` where it is not what it was when this was written (Node 24)
 */
export function findNativeTcp(binding: unknown = Reflect.get(process, 'binding')): NativeTcp | undefined {
  if (typeof binding !== 'function') return undefined;
  const { constants, ...tcp } = partOf(binding, 'tcp_wrap');
  const parts: Record<string, unknown> = { ...partOf(binding, 'stream_wrap'), ...tcp, ...constants };
  const isWhole = Object.entries(HAS).every(([type, names]) => names.every((name) => typeof parts[name] === type));
  if (!isWhole) return undefined;
  const found = parts as unknown as NativeTcp;
  const prototype = found.TCP.prototype as object;
  return 'writeQueueSize' in prototype && METHODS.every((name) => typeof Reflect.get(prototype, name) === 'function') ? found : undefined;
}

/** Node throws for a name that it does not give out. */
function partOf(binding: Function, name: string): Record<string, object> {
  try {
    return binding(name) as Record<string, object>;
  } catch {
    return {};
  }
}

export const NATIVE = findNativeTcp();
