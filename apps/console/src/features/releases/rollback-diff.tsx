import type { RollbackView } from '@weir/contracts';
import type { ReactNode } from 'react';
import { firstLine, shortCommit } from '#features/app/source-words.ts';

const SETTINGS: Readonly<Record<string, string>> = { entryFile: 'Entry file', python: 'Python', framework: 'Framework', memoryMib: 'Memory (MiB)', cpus: 'Processors', pids: 'Processes' };
const SECRETS: Record<RollbackView['secrets'][number]['change'], string> = { restored: 'comes back', removed: 'is removed', changed: 'gets its earlier value' };

/** What a rollback changes: commits, packages, settings, secrets by name. */
export function RollbackDiff({ view: { undone, packages, settings, secrets, rebuilds, supersedes } }: { readonly view: RollbackView }) {
  const isSame = undone.length === 0 && packages?.length === 0 && settings.length === 0 && secrets.length === 0;
  return (
    <div className="flex flex-col gap-4">
      {supersedes.length > 0 && <p className="text-attention">{supersedes.length === 1 ? 'The deployment that is on its way ends.' : 'The deployments that are on their way end.'}</p>}
      {rebuilds && <p className="text-attention">Its image is gone from its machine, so it is built again: the same commit, with exactly the packages of its lock.</p>}
      {isSame && <p className="text-muted">Packages, settings and secrets are the same.</p>}
      <Part title="Undone" shown={undone.length > 0}>
        {undone.map(({ number, commit, message, author }) => (
          <li key={number} className="flex gap-2">
            <code className="shrink-0">{shortCommit(commit)}</code>
            <span className="truncate" dir="auto">
              {message ? firstLine(message) : `Release ${number}`}
            </span>
            {author !== null && <span className="ml-auto shrink-0 text-muted">{author}</span>}
          </li>
        ))}
      </Part>
      <Part title="Packages" shown={packages === null || packages.length > 0}>
        {packages === null ? <li className="text-muted">Not known: one of the two releases has no list of them.</li> : packages.map((one) => <Change key={one.name} {...one} />)}
      </Part>
      <Part title="Settings" shown={settings.length > 0}>
        {settings.map((one) => (
          <Change key={one.name} {...one} name={SETTINGS[one.name] ?? one.name} />
        ))}
      </Part>
      <Part title="Secrets" shown={secrets.length > 0}>
        {secrets.map(({ name, change }) => (
          <li key={name}>
            <code className="break-all">{name}</code> <span className="text-muted">{SECRETS[change]}</span>
          </li>
        ))}
      </Part>
    </div>
  );
}

function Part({ title, shown, children }: { readonly title: string; readonly shown: boolean; readonly children: ReactNode }) {
  if (!shown) return null;
  return (
    <section aria-label={title}>
      <h3 className="mb-1 text-sm font-semibold">{title}</h3>
      <ul className="flex flex-col gap-1 rounded-md bg-sunken px-3 py-2 text-sm">{children}</ul>
    </section>
  );
}

function Change({ name, from, to }: { readonly name: string; readonly from: string | null; readonly to: string | null }) {
  return (
    <li className="flex flex-wrap gap-x-2">
      <span className="break-all">{name}</span>
      <span className="ml-auto break-all text-muted">
        {from ?? 'none'} <span aria-label="to">→</span> <span className="text-ink">{to ?? 'none'}</span>
      </span>
    </li>
  );
}
