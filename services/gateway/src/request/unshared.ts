/** Nearly all sockets are opened at one path. */
let newest = '';

/** The same Latin-1 text with memory of its own: a slice would keep the whole head it was cut from. */
export function unshared(text: string): string {
  if (text !== newest) newest = Buffer.from(text, 'latin1').toString('latin1');
  return newest;
}
