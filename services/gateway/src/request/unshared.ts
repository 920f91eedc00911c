/** The same Latin-1 text with memory of its own: a slice would keep the whole head it was cut from. */
export const unshared = (text: string): string => Buffer.from(text, 'latin1').toString('latin1');
