const MASK = '***';
/** Shorter ones are no secrets, and taking them out would make holes in honest words. */
const LEAST_LENGTH = 6;

/** Takes secrets out of text, in the forms in which programs print them: as they are, URL-encoded, in base64 wherever they begin. */
export class Redaction {
  /** Of the longest form, so that whoever cuts text knows how much must lie beyond the cut. */
  readonly longest: number;
  readonly #pattern: RegExp | undefined;

  constructor(secrets: readonly string[]) {
    const forms = [...new Set(secrets.filter((secret) => secret.length >= LEAST_LENGTH).flatMap(formsOf))].sort((a, b) => b.length - a.length);
    this.longest = forms[0]?.length ?? 0;
    this.#pattern = forms.length === 0 ? undefined : new RegExp(forms.map((form) => form.replaceAll(/[^\w]/g, '\\$&')).join('|'), 'g');
  }

  apply(text: string): string {
    return this.#pattern ? text.replace(this.#pattern, MASK) : text;
  }
}

/** The user and password that a URL carries, as they are written there and as they are meant. */
export function secretsIn(url: string): string[] {
  const { password, username } = new URL(url);
  const meant = [password, username === '' || password !== '' ? '' : username].filter((text) => text !== ''); // a token may stand alone, as the user
  return meant.flatMap((text) => [text, decodeURIComponent(text)]);
}

function formsOf(secret: string): string[] {
  const encoded = encodeURIComponent(secret);
  const lower = encoded.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
  const inBase64 = [0, 1, 2].map((before) => base64At(Buffer.from(secret), before)).filter((form) => form.length >= LEAST_LENGTH);
  return [secret, encoded, lower, ...inBase64, ...inBase64.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'))];
}

/** The characters of base64 that only `bytes` decide, where `before` others (of three) come first. */
function base64At(bytes: Buffer, before: number): string {
  const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
  return text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
}
