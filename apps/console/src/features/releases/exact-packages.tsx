'use client';

import type { LockView } from '@weir/contracts';
import { useState } from 'react';
import { ask, BrowserProblem } from '#api/browser.ts';
import { CopyButton } from '#ui/copy-button.tsx';

type Lock = { readonly state: 'unread' | 'reading' } | { readonly state: 'read'; readonly view: LockView } | { readonly state: 'refused'; readonly message: string };

/** The packages of a release as they were installed, read when they are asked for. */
export function ExactPackages({ app, release }: { readonly app: string; readonly release: string }) {
  const [lock, setLock] = useState<Lock>({ state: 'unread' });

  async function read(): Promise<void> {
    setLock({ state: 'reading' });
    try {
      setLock({ state: 'read', view: await ask<'releases.lock'>({ operation: 'releases.lock', method: 'GET', path: `/apps/${app}/releases/${release}/lock` }) });
    } catch (error) {
      setLock({ state: 'refused', message: error instanceof BrowserProblem ? error.message : 'They could not be read just now. Close this and open it again.' });
    }
  }

  return (
    <details className="card" onToggle={(event) => event.currentTarget.open && lock.state !== 'read' && void read()}>
      <summary className="rounded-lg px-4 py-3 font-semibold">Installed packages</summary>
      <div className="border-t border-line p-4">
        <Packages lock={lock} />
      </div>
    </details>
  );
}

function Packages({ lock }: { readonly lock: Lock }) {
  if (lock.state === 'refused') return <p role="alert" className="text-failed">{lock.message}</p>;
  if (lock.state !== 'read') return <output className="text-muted">Reading them…</output>;
  const { lock: text, packages } = lock.view;
  if (text === null) return <p className="text-muted">No list of them was kept for this release.</p>;
  return (
    <>
      <div className="mb-2 flex items-center justify-between gap-2 text-sm text-muted">
        {packages.length} packages
        <CopyButton text={text} label="Copy the list" />
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <ul tabIndex={0} aria-label="Installed packages" className="max-h-[320px] overflow-y-auto font-mono text-xs leading-[20px]">
        {packages.map(({ name, version }) => (
          <li key={name} className="flex justify-between gap-3">
            <span className="break-all">{name}</span>
            <span className="shrink-0 text-muted">{version}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
