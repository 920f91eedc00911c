'use client';

import { Download, Search, WrapText } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#ui/button.tsx';
import { TextInput } from '#ui/field.tsx';
import { downloadLog } from './download-log.ts';
import type { LogSubject } from './use-log.ts';

interface LogToolbarProps {
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly wrap: boolean;
  readonly onWrap: (wrap: boolean) => void;
  readonly app: string;
  readonly subject: LogSubject;
  readonly fileName: string;
  /** How many lines match, or `null` if nothing is searched. */
  readonly found: number | null;
}

export function LogToolbar({ query, onQuery, wrap, onWrap, app, subject, fileName, found }: LogToolbarProps) {
  const [problem, setProblem] = useState<string>();
  async function download(): Promise<void> {
    setProblem(undefined);
    try {
      await downloadLog(app, subject, fileName);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : 'The download failed.');
    }
  }
  return (
    <div className="flex flex-wrap items-center gap-2 border-b border-line p-2">
      <div className="relative min-w-[160px] grow">
        <Search size={14} aria-hidden className="pointer-events-none absolute top-1/2 left-3 -translate-y-1/2 text-faint" />
        <TextInput type="search" aria-label="Search the log" placeholder="Search the log" value={query} onChange={(event) => onQuery(event.target.value)} className="h-8 pl-8" />
      </div>
      <output className="text-sm text-muted">
        {problem !== undefined ? <span className="text-failed">{problem}</span> : found === null ? '' : found === 1 ? '1 line' : `${found} lines`}
      </output>
      <span className="hidden text-sm text-muted sm:inline">Times in UTC</span>
      <Button look={wrap ? 'plain' : 'quiet'} aria-pressed={wrap} onClick={() => onWrap(!wrap)}>
        <WrapText size={15} aria-hidden />
        Wrap
      </Button>
      <Button look="quiet" onClick={() => void download()}>
        <Download size={15} aria-hidden />
        Download
      </Button>
    </div>
  );
}
