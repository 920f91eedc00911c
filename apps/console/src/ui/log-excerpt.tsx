interface LogExcerptProps {
  readonly tone: 'failed' | 'attention';
  /** What it is, for those who do not see it. */
  readonly label: string;
  readonly text: string;
}

const LOOKS = { failed: 'max-h-[260px] border-failed-line', attention: 'max-h-[200px] border-attention-line' };

/** A few lines of a log, as they were written. */
export function LogExcerpt({ tone, label, text }: LogExcerptProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <pre tabIndex={0} aria-label={label} className={`${LOOKS[tone]} overflow-auto rounded-md border bg-surface p-3 text-xs leading-[18px] whitespace-pre-wrap`}>
      {text}
    </pre>
  );
}
