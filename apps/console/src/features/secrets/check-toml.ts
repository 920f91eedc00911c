/** Where and why a text is not TOML. Lines and columns count from 1. */
export interface TomlProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export interface CheckedToml {
  readonly problem: TomlProblem | null;
  /** The names at the top: root values and tables. */
  readonly names: readonly string[];
}

/**
 * Whether a text is TOML, and which secrets it has. Nothing of it leaves the browser here.
 *
 * The parser is fetched when first needed: few visits edit secrets.
 */
export async function checkToml(text: string): Promise<CheckedToml> {
  const { parse, TomlError } = await import('smol-toml');
  try {
    return { problem: null, names: Object.keys(parse(text)) };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    return { problem: { line: error.line, column: error.column, message: reasonOf(error.message) }, names: [] };
  }
}

/** The parser's reason without the excerpt, which would repeat a secret. */
function reasonOf(message: string): string {
  const reason = (message.split('\n', 1)[0] ?? '').replace(/^Invalid TOML document: /, '');
  return `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`.replace(/\.\.$/, '.');
}
