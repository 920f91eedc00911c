'use client';

import clsx from 'clsx';
import Link from 'next/link';
import { useSelectedLayoutSegment } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { LinkProgress } from '#ui/link-progress.tsx';

const TABS = [
  { segment: null, label: 'Overview' },
  { segment: 'deployments', label: 'Deployments' },
  { segment: 'logs', label: 'Logs' },
  { segment: 'secrets', label: 'Secrets' },
  { segment: 'settings', label: 'Settings' },
] as const;

/** The pages of an app. */
export function AppTabs({ hostname }: { readonly hostname: string }) {
  const here = useSelectedLayoutSegment();
  const current = useRef<HTMLAnchorElement>(null);
  // On the narrowest phones the tabs scroll sideways: the one that is open is in sight.
  useEffect(() => {
    current.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [here]);
  return (
    <nav aria-label="App" className="-mx-4 overflow-x-auto border-b border-line px-4 sm:mx-0 sm:px-0">
      <ul className="flex sm:gap-1">
        {TABS.map(({ segment, label }) => (
          <li key={label}>
            <Link
              href={`/apps/${hostname}${segment === null ? '' : `/${segment}`}`}
              ref={here === segment ? current : null}
              aria-current={here === segment ? 'page' : undefined}
              className={clsx('relative -mb-px block scroll-mx-4 border-b-2 px-2 py-2 text-sm font-medium sm:px-3 sm:text-base focus-visible:-outline-offset-2', here === segment ? 'border-accent text-ink' : 'border-transparent text-muted hover:text-ink')}
            >
              {label}
              <LinkProgress />
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
