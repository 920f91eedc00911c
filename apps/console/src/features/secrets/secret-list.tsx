import type { OperationAnswer } from '@weir/contracts';
import { KeyRound } from 'lucide-react';
import { TimeAgo } from '#ui/time-ago.tsx';

/** The names of secrets with version, who and when. Never values: the API has none to give. */
export function SecretList({ secrets }: { readonly secrets: OperationAnswer<'secrets.list'> }) {
  if (secrets.items.length === 0) return <p className="card p-4 text-muted">There are no secrets yet.</p>;
  return (
    <div className="card overflow-x-auto">
      <table className="w-full text-left">
        <thead>
          <tr className="border-b border-line text-sm text-muted">
            <th scope="col" className="px-4 py-2 font-medium">Name</th>
            <th scope="col" className="hidden px-4 py-2 font-medium sm:table-cell">Version</th>
            <th scope="col" className="hidden px-4 py-2 font-medium sm:table-cell">Set by</th>
            <th scope="col" className="px-4 py-2 text-right font-medium">When</th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {secrets.items.map((secret) => (
            <tr key={secret.name}>
              <td className="px-4 py-2.5">
                <span className="inline-flex items-center gap-2">
                  <KeyRound size={14} aria-hidden className="shrink-0 text-faint" />
                  <code className="break-all">{secret.name}</code>
                </span>
                <p className="text-sm text-muted sm:hidden">
                  Version {secret.version}, set by {secret.setBy}
                </p>
              </td>
              <td className="hidden px-4 py-2.5 text-muted sm:table-cell">{secret.version}</td>
              <td className="hidden px-4 py-2.5 text-muted sm:table-cell">{secret.setBy}</td>
              <td className="px-4 py-2.5 text-right text-muted">
                <TimeAgo time={secret.setAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
