/** The number that a field's text is, or `undefined` if it is not a whole one between the two. */
export function wholeNumber(text: string, least: number, most: number): number | undefined {
  const number = Number(text);
  return /^\d+$/.test(text.trim()) && number >= least && number <= most ? number : undefined;
}
