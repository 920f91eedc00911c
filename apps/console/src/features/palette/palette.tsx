'use client';

import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import type { AppView } from '@weir/contracts';
import { ExternalLink } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { ask } from '#api/browser.ts';
import { type PaletteEntry, paletteEntries } from './palette-entries.ts';

/** Goes anywhere by a few letters. */
export function Palette({ onClose }: { readonly onClose: () => void }) {
  const router = useRouter();
  const apps = useApps();
  const [query, setQuery] = useState('');

  function go(entry: PaletteEntry): void {
    onClose();
    if (entry.external === true) window.open(entry.href, '_blank', 'noreferrer');
    else router.push(entry.href);
  }

  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-50 bg-[oklch(0_0_0/0.4)]" />
        <Dialog.Popup className="fixed top-[12vh] left-1/2 z-50 flex max-h-[70vh] w-[560px] max-w-[calc(100vw-32px)] -translate-x-1/2 flex-col overflow-hidden rounded-lg border border-line-strong bg-surface shadow-floating">
          <Dialog.Title className="sr-only">Go to</Dialog.Title>
          <Autocomplete.Root inline open items={paletteEntries(apps, query)} filter={null} mode="none" value={query} onValueChange={setQuery} itemToStringValue={(entry) => entry.label} autoHighlight="always" keepHighlight>
            <Autocomplete.Input aria-label="Go to an app or page" placeholder="Go to an app, its logs, secrets, settings" className="h-12 shrink-0 border-b border-line bg-transparent px-4 text-lg outline-none" />
            <Autocomplete.Empty className="px-4 text-center text-muted not-empty:py-6">Nothing is named like this.</Autocomplete.Empty>
            <Autocomplete.List className="overflow-y-auto p-1.5 empty:hidden">
              {(entry: PaletteEntry) => (
                <Autocomplete.Item key={entry.href} value={entry} onClick={() => go(entry)} className="flex cursor-default items-center gap-2 rounded-md px-3 py-2 data-[highlighted]:bg-accent-tint">
                  <span className="truncate font-medium">{entry.label}</span>
                  <span className="truncate text-muted">{entry.detail}</span>
                  {entry.external === true && <ExternalLink size={14} aria-hidden className="ml-auto text-faint" />}
                </Autocomplete.Item>
              )}
            </Autocomplete.List>
          </Autocomplete.Root>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** The apps to go to. Without an answer the palette still leads to the fixed pages. */
function useApps(): readonly AppView[] {
  const [apps, setApps] = useState<readonly AppView[]>([]);
  useEffect(() => {
    const leaving = new AbortController();
    ask<'apps.list'>({ operation: 'apps.list', method: 'GET', path: '/apps?limit=100', signal: leaving.signal }).then(
      ({ items }) => setApps(items),
      () => setApps([]),
    );
    return () => leaving.abort();
  }, []);
  return apps;
}
