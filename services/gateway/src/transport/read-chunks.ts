/** The data of some chunks (RFC 9112 §7.1), and how other data is written in their place. */
export interface Chunks {
  readonly data: Buffer;
  writeAsOne(data: Buffer): Buffer;
}

/** Reads what has come of a chunked body, whose framing is known to be right; it may end anywhere. */
export function readChunks(bytes: Buffer): Chunks {
  const parts: Buffer[] = [];
  for (let line = 0; ;) {
    const lineEnd = bytes.indexOf('\r\n', line);
    const size = lineEnd === -1 ? 0 : Number.parseInt(bytes.toString('latin1', line, lineEnd), 16);
    if (size === 0) return chunks(parts, 0, '\r\n', bytes.subarray(line)); // part of a size line, or the last chunk
    const end = lineEnd + 2 + size;
    parts.push(bytes.subarray(lineEnd + 2, end));
    if (end + 2 > bytes.length) return chunks(parts, Math.max(0, end - bytes.length), '', bytes.subarray(end));
    line = end + 2;
  }
}

/** @param left of the last chunk's data, still to come */
function chunks(parts: readonly Buffer[], left: number, end: string, rest: Buffer): Chunks {
  return {
    data: Buffer.concat(parts),
    writeAsOne: (data) => Buffer.concat([Buffer.from(`${(data.length + left).toString(16)}\r\n`), data, Buffer.from(end), rest]),
  };
}
