/** "next in line", "2nd in line": where a build that waits stands. */
export const inLine = (place: number): string => `${place === 1 ? 'next' : ordinal(place)} in line`;

function ordinal(n: number): string {
  const teen = n % 100 > 10 && n % 100 < 14;
  return `${n}${(!teen && ['', 'st', 'nd', 'rd'][n % 10]) || 'th'}`;
}
