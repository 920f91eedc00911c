'use client';

import type { AppView } from '@weir/contracts';
import clsx from 'clsx';
import { Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button } from '#ui/button.tsx';
import { TextInput } from '#ui/field.tsx';
import { APP_GROUPS, type AppGroup, filterApps } from './app-filter.ts';
import { AppRow } from './app-row.tsx';
import { useLiveApps } from './use-live-apps.ts';

const GROUPS = Object.keys(APP_GROUPS) as AppGroup[];

/** Every app with its live state; searched and narrowed in place. */
export function AppList({ apps: rendered }: { readonly apps: readonly AppView[] }) {
  const apps = useLiveApps(rendered);
  const [query, setQuery] = useState('');
  const [group, setGroup] = useState<AppGroup>('all');
  const search = useRef<HTMLInputElement>(null);
  useSlashKey(search);

  const shown = filterApps(apps, query, group);
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <div className="relative min-w-[220px] grow sm:max-w-[340px]">
          <Search size={15} aria-hidden className="pointer-events-none absolute top-1/2 left-3 -translate-y-1/2 text-faint" />
          <TextInput ref={search} type="search" aria-label="Search apps" placeholder="Search apps" value={query} onChange={(event) => setQuery(event.target.value)} className="pl-9" />
        </div>
        <fieldset aria-label="Show" className="-mx-1 flex min-w-0 max-w-full gap-1 overflow-x-auto px-1 py-1">
          {GROUPS.map((name) => {
            const count = filterApps(apps, '', name).length;
            return (
              <button
                key={name}
                type="button"
                aria-pressed={group === name}
                onClick={() => setGroup(name)}
                className={clsx('h-8 rounded-md px-2.5 font-medium whitespace-nowrap', group === name ? 'bg-accent-tint text-accent-text' : 'text-muted hover:bg-hover hover:text-ink')}
              >
                {APP_GROUPS[name].label} <span className="font-normal">{count}</span>
              </button>
            );
          })}
        </fieldset>
      </div>
      {shown.length > 0 ? (
        <ul className="card divide-y divide-line overflow-hidden">
          {shown.map((app) => (
            <AppRow key={app.id} app={app} />
          ))}
        </ul>
      ) : (
        <div className="card flex flex-col items-center gap-3 px-4 py-12 text-center text-muted">
          <p>{query === '' ? `No app is here: ${APP_GROUPS[group].label.toLowerCase()}.` : `No app matches “${query}”.`}</p>
          <Button
            onClick={() => {
              setQuery('');
              setGroup('all');
            }}
          >
            Show all apps
          </Button>
        </div>
      )}
      <output className="sr-only">
        {shown.length === 1 ? '1 app shown' : `${shown.length} apps shown`}
      </output>
    </div>
  );
}

/** `/` goes to the search, unless something is being typed elsewhere. */
function useSlashKey(input: React.RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const typing = event.target instanceof HTMLElement && event.target.matches('input, textarea, select, [contenteditable]');
      if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      input.current?.focus();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [input]);
}
