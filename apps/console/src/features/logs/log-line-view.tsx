import type { LogLine } from '@weir/contracts';
import clsx from 'clsx';
import { memo } from 'react';
import { exactTime } from '#ui/time-words.ts';
import { type AnsiSpan, parseAnsi } from './ansi.ts';

interface LogLineViewProps {
  readonly line: LogLine;
  readonly wrap: boolean;
  /** Marked where it is found, if not empty. */
  readonly query: string;
}

/** One line: when, and what was said. Markup is text; colours are the page's. */
export const LogLineView = memo(function LogLineView({ line, wrap, query }: LogLineViewProps) {
  return (
    <div className={clsx('flex gap-3 px-4 hover:bg-hover', line.stream === 'stderr' && 'shadow-[inset_2px_0_0_var(--attention-line)]', line.stream === 'system' && 'text-accent-text')}>
      <time dateTime={line.at} title={exactTime(line.at)} className="hidden shrink-0 text-faint select-none sm:block">
        {line.at.slice(11, 19)}
      </time>
      <span className={wrap ? 'min-w-0 break-words whitespace-pre-wrap [overflow-wrap:anywhere]' : 'whitespace-pre'}>
        {parseAnsi(line.text).map((span, i) => (
          // oxlint-disable-next-line react/no-array-index-key -- a line never changes, so neither does the order of its spans
          <span key={i} className={styleOf(span)} style={span.colour === null ? undefined : { color: `var(--ansi-${span.colour})` }}>
            {marked(span.text, query)}
          </span>
        ))}
        {'\u200b'}
      </span>
    </div>
  );
});

const styleOf = (span: AnsiSpan): string => clsx(span.bold && 'font-bold', span.dim && 'opacity-70', span.italic && 'italic', span.underline && 'underline') || '';

function marked(text: string, query: string) {
  if (query === '') return text;
  const parts = [];
  const lower = text.toLowerCase();
  let from = 0;
  for (let at = lower.indexOf(query); at >= 0; at = lower.indexOf(query, from)) {
    parts.push(text.slice(from, at), <mark key={at}>{text.slice(at, at + query.length)}</mark>);
    from = at + query.length;
  }
  return parts.length === 0 ? text : [...parts, text.slice(from)];
}
