import { Unmapped } from './unmapped.ts';

/** What a name stands for, where that is known. */
export type Variables = ReadonlyMap<string, string>;

/** Variables that hold each other double with every line, and one may be said very often. */
const LONGEST_WORD = 16_384;
const LONGEST_LINE = 65_536;
const VARIABLE = /\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?:(:?[-+])([^{}]*))?\})/y;

/**
 * The commands of a line of shell that are run one after the other, each as its words. `|| true` is left out.
 *
 * @throws Unmapped where the line is more than that
 */
export function commandsIn(text: string, variables: Variables): string[][] {
  const commands: string[][] = [[]];
  for (const { word, isOperator } of tokens(text, variables, true)) {
    if (!isOperator) commands.at(-1)?.push(word);
    else if (word === '&&' || word === ';' || word === '||') commands.push(...(word === '||' ? [['||']] : [[]]));
    else throw new Unmapped(`it uses the shell’s “${word}”`);
  }
  for (const command of commands) if (command[0] === '||' && command.slice(1).join() !== 'true') throw new Unmapped('it uses the shell’s “||”');
  return commands.filter(([first]) => first !== undefined && first !== '||');
}

/** The words of a line that is no shell: of ENV, COPY and their like. A name that is not known is nothing there, as for Docker. */
export const wordsIn = (text: string, variables: Variables): string[] => tokens(text, variables, false).map(({ word }) => word);

/** A text with its variables filled in, those that are not known as they stand. */
export function filledIn(text: string, variables: Variables): string {
  let out = '';
  for (let at = 0; at < text.length; ) {
    if (out.length > LONGEST_WORD) throw tooLong();
    const found = text[at] === '$' ? variableAt(text, at, variables) : undefined;
    out += found?.value ?? text[at];
    at = found?.end ?? at + 1;
  }
  return out;
}

/** Words that are no longer than those of a line. @throws Unmapped */
export function ofALine(words: readonly string[]): readonly string[] {
  if (words.some(({ length }) => length > LONGEST_WORD)) throw tooLong();
  if (words.reduce((sum, { length }) => sum + length, 0) > LONGEST_LINE) throw new Unmapped('it is far too long with its variables filled in');
  return words;
}

const tooLong = (): Unmapped => new Unmapped('a word of it is far too long');

interface Token {
  readonly word: string;
  readonly isOperator: boolean;
}

function tokens(text: string, variables: Variables, isShell: boolean): Token[] {
  const unknown = isShell ? undefined : ''; // a shell may know it when it runs
  const found: Token[] = [];
  let word: string | undefined;
  const end = (): void => {
    if (word !== undefined) found.push({ word, isOperator: false });
    word = undefined;
  };
  for (let at = 0; at < text.length; ) {
    const char = text[at] ?? '';
    if ((word?.length ?? 0) > LONGEST_WORD) throw tooLong();
    if (/\s/.test(char)) {
      end();
      at++;
    } else if (char === '"' || char === "'") {
      const quoted = quotedAt(text, at, variables, unknown);
      word = (word ?? '') + quoted.value;
      at = quoted.end;
    } else if (char === '\\') {
      word = (word ?? '') + (text[at + 1] ?? '');
      at += 2;
    } else if (isShell && (char === '`' || text.startsWith('$(', at))) {
      throw new Unmapped('it uses what another command prints');
    } else if (isShell && word === undefined && char === '#') {
      break;
    } else if (isShell && /[&|;<>()]/.test(char)) {
      end();
      const operator = /^(?:&&|\|\||;|[&|<>()])/.exec(text.slice(at, at + 2))?.[0] ?? char;
      found.push({ word: operator, isOperator: true });
      at += operator.length;
    } else {
      const variable = char === '$' ? variableAt(text, at, variables, unknown) : undefined;
      word = (word ?? '') + (variable?.value ?? char);
      at = variable?.end ?? at + 1;
    }
  }
  end();
  ofALine(found.map(({ word: each }) => each));
  return found;
}

function quotedAt(text: string, start: number, variables: Variables, unknown?: string): { value: string; end: number } {
  const quote = text[start];
  let value = '';
  for (let at = start + 1; at < text.length; ) {
    const char = text[at] ?? '';
    if (value.length > LONGEST_WORD) throw tooLong();
    if (char === quote) return { value, end: at + 1 };
    const variable = quote === '"' && char === '$' ? variableAt(text, at, variables, unknown) : undefined;
    const isEscaped = quote === '"' && char === '\\' && /["\\$`]/.test(text[at + 1] ?? '');
    value += variable?.value ?? (isEscaped ? text[at + 1] : char);
    at = variable?.end ?? at + (isEscaped ? 2 : 1);
  }
  throw new Unmapped('a quotation mark is not closed');
}

function variableAt(text: string, at: number, variables: Variables, unknown?: string): { value: string; end: number } | undefined {
  VARIABLE.lastIndex = at;
  const [all, plain, braced = '', operator, instead = ''] = VARIABLE.exec(text) ?? [];
  if (all === undefined) return undefined;
  const value = variables.get(plain ?? braced);
  const isThere = value !== undefined && (value !== '' || operator?.startsWith(':') !== true);
  if (operator?.endsWith('-')) return { value: isThere ? value : instead, end: at + all.length };
  if (operator?.endsWith('+')) return { value: isThere ? instead : '', end: at + all.length };
  return { value: value ?? unknown ?? all, end: at + all.length };
}
