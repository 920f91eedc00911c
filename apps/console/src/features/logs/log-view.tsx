'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown } from 'lucide-react';
import { type ReactNode, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { plainText } from './ansi.ts';
import { LogLineView } from './log-line-view.tsx';
import { LogToolbar } from './log-toolbar.tsx';
import { useFollow } from './use-follow.ts';
import { type LogSubject, useLog } from './use-log.ts';

interface LogViewProps {
  readonly app: string;
  readonly subject: LogSubject;
  readonly fileName: string;
  readonly label: string;
  /** Said while there is no line. */
  readonly empty: ReactNode;
  readonly height?: string;
}

const LINE_HEIGHT = 20;

/** A live log: only what is in sight is drawn, it follows its end, and pauses when scrolled away. */
export function LogView({ app, subject, fileName, label, empty, height = 'h-[min(60vh,640px)]' }: LogViewProps) {
  const log = useLog(subject);
  const [typed, setTyped] = useState('');
  const [wrap, setWrap] = useState(true);
  const query = useDeferredValue(typed.trim().toLowerCase());
  const lines = useMemo(() => (query === '' ? log.lines : log.lines.filter((line) => plainText(line.text).toLowerCase().includes(query))), [log.lines, query]);

  const box = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- the compiler is not used; the virtualiser's functions are not memoised here
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: () => LINE_HEIGHT,
    getItemKey: (i) => lines[i]?.seq ?? i,
    overscan: 20,
  });
  const { following, unseen, onScroll, follow } = useFollow(box, lines, virtual.getTotalSize());
  useEffect(() => virtual.measure(), [wrap, virtual]);

  return (
    <section aria-label={label} className="card overflow-hidden">
      <LogToolbar query={typed} onQuery={setTyped} wrap={wrap} onWrap={setWrap} app={app} subject={subject} fileName={fileName} found={query === '' ? null : lines.length} />
      <div className="relative">
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
        <div ref={box} onScroll={onScroll} tabIndex={0} role="log" aria-live="off" aria-label={label} className={`${height} overflow-auto bg-sunken py-2 font-mono text-xs leading-[20px] focus-visible:-outline-offset-2`}>
          {lines.length === 0 ? (
            <div className="px-4 py-2 font-sans text-base text-muted">{query === '' ? (log.ended ? 'Nothing was written to this log.' : empty) : 'No line matches.'}</div>
          ) : (
            <div className="relative min-w-full" style={{ height: virtual.getTotalSize(), width: wrap ? '100%' : 'max-content' }}>
              <div className="min-w-full" style={{ transform: `translateY(${virtual.getVirtualItems()[0]?.start ?? 0}px)` }}>
                {virtual.getVirtualItems().map((item) => {
                  const line = lines[item.index];
                  return line ? (
                    <div key={item.key} data-index={item.index} ref={virtual.measureElement}>
                      <LogLineView line={line} wrap={wrap} query={query} />
                    </div>
                  ) : null;
                })}
              </div>
            </div>
          )}
        </div>
        {!following && (
          <button type="button" onClick={follow} className="absolute right-5 bottom-4 inline-flex h-8 items-center gap-1.5 rounded-full border border-line-strong bg-surface px-3 text-sm font-medium shadow-floating hover:bg-hover">
            <ArrowDown size={14} aria-hidden />
            {unseen === 0 ? 'Follow' : unseen === 1 ? '1 new line' : `${unseen} new lines`}
          </button>
        )}
      </div>
      {log.dropped > 0 && <p className="border-t border-line px-4 py-2 text-sm text-muted">{log.dropped} earlier lines are only in the download.</p>}
    </section>
  );
}
