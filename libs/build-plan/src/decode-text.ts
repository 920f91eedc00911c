/** Byte order marks, and the text that has none but zeros in every second place: what PowerShell and old editors write. */
function encodingOf(bytes: Uint8Array): string {
  const [first, second, third, fourth] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first !== 0 && second === 0 && third !== 0 && fourth === 0) return 'utf-16le';
  return first === 0 && second !== 0 && third === 0 && fourth !== 0 ? 'utf-16be' : 'utf-8';
}

/** A file's bytes as text: UTF-8 (what is none becomes a replacement character), or UTF-16; `undefined` for what is no text. */
export function decodeText(bytes: Uint8Array): string | undefined {
  const text = new TextDecoder(encodingOf(bytes)).decode(bytes); // drops the mark
  return text.includes('\0') ? undefined : text;
}
