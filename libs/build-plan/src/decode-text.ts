/**
 * A file's bytes as text: UTF-8, or UTF-16 where a byte order mark says so (PowerShell's `>` writes that, and
 * installers read it). `undefined` for what is no text.
 */
export function decodeText(bytes: Uint8Array): string | undefined {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  const text = new TextDecoder(encoding).decode(bytes); // drops the mark
  return text.includes('\0') ? undefined : text;
}
