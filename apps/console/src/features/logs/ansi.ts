/** How a piece of a line looks, as SGR codes said it (ECMA-48 §8.3.117). */
export interface AnsiStyle {
  /** 0 to 7, or none for the page's own ink. */
  readonly colour: number | null;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
}

export interface AnsiSpan extends AnsiStyle {
  readonly text: string;
}

const PLAIN: AnsiStyle = { colour: null, bold: false, dim: false, italic: false, underline: false };

// CSI sequences, OSC sequences (titles, links), and the two-byte escapes: one is read as a style, the rest say nothing.
// oxlint-disable-next-line no-control-regex -- escapes are control characters
const ESCAPE = /\u001b(?:\[([0-9;:]*)[ -/]*([@-~])|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\^_])/g;

/** Everything a terminal would act on and a page cannot show, and what turns the order of the words around it. */
// oxlint-disable-next-line no-control-regex -- these are the ones to take out
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f\u0080-\u009f]|\p{Bidi_Control}/gu;

/**
 * A line of a log as styled text. Colours and weights are kept; every other escape is
 * dropped and never acted on. What a carriage return overwrote is not shown, as in a terminal.
 */
export function parseAnsi(line: string): AnsiSpan[] {
  const text = afterCarriageReturns(line);
  const spans: AnsiSpan[] = [];
  let style = PLAIN;
  let from = 0;
  const add = (to: number): void => {
    const visible = text.slice(from, to).replace(CONTROL, '');
    if (visible !== '') spans.push({ text: visible, ...style });
  };
  for (const match of text.matchAll(ESCAPE)) {
    add(match.index);
    from = match.index + match[0].length;
    if (match[2] === 'm') style = applySgr(style, match[1] ?? '');
  }
  add(text.length);
  return spans;
}

/** The line without any escape, for searching and downloading. */
export const plainText = (line: string): string => parseAnsi(line).map(({ text }) => text).join('');

/** Progress bars redraw their line: only the last drawing counts. */
function afterCarriageReturns(line: string): string {
  const trimmed = line.replace(/\r+$/, '');
  return trimmed.slice(trimmed.lastIndexOf('\r') + 1);
}

function applySgr(style: AnsiStyle, parameters: string): AnsiStyle {
  const codes = parameters.split(/[;:]/).map(Number);
  let next = style;
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] ?? 0;
    if (code === 38 || code === 48) {
      // 256 and true colours: their parameters are skipped; the first 16 of 256 are the named ones.
      const indexed = codes[i + 1] === 5 ? codes[i + 2] : undefined;
      if (code === 38 && indexed !== undefined && indexed < 16) next = withColour(next, indexed % 8);
      i += codes[i + 1] === 5 ? 2 : 4;
    } else next = applyCode(next, code);
  }
  return next;
}

const withColour = (style: AnsiStyle, colour: number | null): AnsiStyle => ({ ...style, colour });

function applyCode(style: AnsiStyle, code: number): AnsiStyle {
  if (code >= 30 && code <= 37) return withColour(style, code - 30);
  if (code >= 90 && code <= 97) return withColour(style, code - 90);
  switch (code) {
    case 0: return PLAIN;
    case 1: return { ...style, bold: true };
    case 2: return { ...style, dim: true };
    case 3: return { ...style, italic: true };
    case 4: return { ...style, underline: true };
    case 22: return { ...style, bold: false, dim: false };
    case 23: return { ...style, italic: false };
    case 24: return { ...style, underline: false };
    case 39: return withColour(style, null);
    default: return style;
  }
}
