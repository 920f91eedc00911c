'use client';

import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { useId, useState } from 'react';
import { TimeAgo } from '#ui/time-ago.tsx';
import { actorWords, type AuditEvent, auditWords } from './audit-words.ts';

interface AuditRowProps {
  readonly event: AuditEvent;
  /** Of the app that it concerns, if that is still there. */
  readonly hostname: string | undefined;
}

/** One event as a sentence; as it is recorded, when that is asked for. */
export function AuditRow({ event, hostname }: AuditRowProps) {
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <li>
      <div className="grid grid-cols-[24px_minmax(0,1fr)_auto] items-center gap-x-2 px-3 py-2">
        <button type="button" aria-expanded={open} aria-controls={id} aria-label="The event as it is recorded" onClick={() => setOpen(!open)} className="flex size-6 items-center justify-center rounded-sm text-faint hover:bg-hover hover:text-ink">
          <ChevronRight size={14} aria-hidden className={`transition-transform ${open ? 'rotate-90' : ''}`} />
        </button>
        <p className="min-w-0 wrap-anywhere">
          <span className="font-medium">{actorWords(event.actor)}</span> <Sentence event={event} hostname={hostname} />
        </p>
        <p className="text-sm text-muted">
          <TimeAgo time={event.at} />
        </p>
      </div>
      <pre id={id} hidden={!open} className="border-t border-line bg-sunken px-4 py-3 text-xs leading-[18px] whitespace-pre-wrap wrap-anywhere">
        {open && JSON.stringify(event, null, 2)}
      </pre>
    </li>
  );
}

function Sentence({ event, hostname }: AuditRowProps) {
  const { did, app, rest } = auditWords(event);
  return (
    <span className="text-muted">
      {did}{' '}
      {hostname === undefined ? (
        app !== null && 'an app that is deleted'
      ) : (
        <Link href={`/apps/${hostname}`} className="font-medium text-ink hover:underline">
          {hostname}
        </Link>
      )}
      {rest.startsWith(':') ? rest : ` ${rest}`}
    </span>
  );
}
