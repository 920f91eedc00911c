import Link from 'next/link';
import { TimeAgo } from '#ui/time-ago.tsx';
import { actorWords, type AuditEvent, auditWords } from './audit-words.ts';

interface AuditListProps {
  readonly events: readonly AuditEvent[];
  /** Hostnames by app; of an app that is gone there is none. */
  readonly hostnames: ReadonlyMap<string, string>;
}

/** What was done, newest first: each a sentence, with the event as it is recorded below. */
export function AuditList({ events, hostnames }: AuditListProps) {
  return (
    <ul className="card divide-y divide-line overflow-hidden">
      {events.map((event) => (
        <li key={event.id}>
          <details className="group">
            <summary className="grid list-none grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-6 px-4 py-2.5 hover:bg-hover focus-visible:-outline-offset-2 [&::-webkit-details-marker]:hidden">
              <span className="min-w-0 wrap-anywhere">
                <span className="font-medium">{actorWords(event.actor)}</span> <Sentence event={event} hostnames={hostnames} />
              </span>
              <span className="text-sm text-muted">
                <TimeAgo time={event.at} />
              </span>
            </summary>
            <pre className="overflow-x-auto border-t border-line bg-sunken px-4 py-3 text-xs leading-[18px] whitespace-pre-wrap wrap-anywhere">{JSON.stringify(event, null, 2)}</pre>
          </details>
        </li>
      ))}
    </ul>
  );
}

function Sentence({ event, hostnames }: { readonly event: AuditEvent } & Pick<AuditListProps, 'hostnames'>) {
  const { did, app, rest } = auditWords(event);
  const hostname = app === null ? undefined : hostnames.get(app);
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
