import { AuditRow } from './audit-row.tsx';
import { type AuditEvent, auditWords } from './audit-words.ts';

interface AuditListProps {
  readonly events: readonly AuditEvent[];
  /** Hostnames by app; of an app that is gone there is none. */
  readonly hostnames: ReadonlyMap<string, string>;
}

/** What was done, newest first. */
export function AuditList({ events, hostnames }: AuditListProps) {
  return (
    <ul className="card divide-y divide-line overflow-hidden">
      {events.map((event) => (
        <AuditRow key={event.id} event={event} hostname={hostnames.get(auditWords(event).app ?? '')} />
      ))}
    </ul>
  );
}
