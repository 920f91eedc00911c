import { parse, stringify, TomlError } from 'smol-toml';
import { SecretsProblem } from './secrets-problem.ts';

export interface ParsedSecrets {
  /** The top-level keys: what may be shown. */
  readonly names: readonly string[];
  /** What Streamlit exports: strings and numbers of the root, written as Python's `str` does. */
  readonly environment: Readonly<Record<string, string>>;
  /** The same document, written one way only. */
  readonly toml: string;
  /** Each top-level key with its value alone as TOML, to tell which ones changed. */
  readonly values: ReadonlyMap<string, string>;
}

/**
 * Reads a `secrets.toml`.
 *
 * @throws SecretsProblem, without the parser's error as its cause: that one quotes the text
 */
export function parseSecrets(toml: string): ParsedSecrets {
  const document = read(toml);
  const names = Object.keys(document);
  // Integers are bigints here, so that every number left is a float and stays one.
  const write = (part: object): string => stringify(part, { numbersAsFloat: true });
  return {
    names,
    environment: Object.fromEntries(names.flatMap((name) => exported(name, document[name]))),
    toml: write(document),
    values: new Map(names.map((name) => [name, write({ [name]: document[name] })])),
  };
}

function read(toml: string): Record<string, unknown> {
  try {
    return parse(toml, { integersAsBigInt: true });
  } catch (error) {
    if (error instanceof TomlError) throw new SecretsProblem(error.line, error.column);
    throw error;
  }
}

function exported(name: string, value: unknown): [string, string][] {
  const text = typeof value === 'string' ? value : typeof value === 'bigint' ? value.toString() : typeof value === 'number' ? pythonFloat(value) : undefined;
  // No process can have these in its environment: execve(2) ends each `name=value` at a NUL.
  const possible = text !== undefined && name !== '' && !name.includes('=') && !`${name}${text}`.includes('\0');
  return possible ? [[name, text]] : [];
}

/** A float as Python's `str` writes it: shortest digits, an exponent below 1e-4 and from 1e16. */
export function pythonFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const [digits = '', power = '0'] = value.toExponential().split('e');
  const exponent = Number(power);
  if (exponent < -4 || exponent >= 16) return `${digits}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  if (Object.is(value, -0)) return '-0.0';
  const text = exponent < 0 ? value.toFixed(digits.replace(/[-.]/g, '').length - 1 - exponent) : String(value);
  return text.includes('.') ? text : `${text}.0`;
}
