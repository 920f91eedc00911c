'use client';

import { Search } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useEffect, useState, useSyncExternalStore } from 'react';

/** Fetched when it is first opened. */
const Palette = dynamic(async () => (await import('./palette.tsx')).Palette, { ssr: false });

const nothingChanges = () => () => undefined;

/** The keys as this keyboard names them; what most have, until the browser says. */
const useKeys = (): string =>
  useSyncExternalStore(
    nothingChanges,
    () => (/Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘K' : 'Ctrl K'),
    () => 'Ctrl K',
  );

/** Opens the palette, as ⌘K or Ctrl K does. */
export function PaletteButton() {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      setOpen((now) => !now);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  return (
    <>
      <button type="button" onClick={() => setOpen(true)} className="flex h-8 items-center gap-2 rounded-md border border-line bg-surface px-2.5 text-muted transition-colors hover:border-line-strong hover:text-ink">
        <Search size={14} aria-hidden />
        <span className="hidden sm:inline">Go to</span>
        <span className="sr-only sm:hidden">Go to</span>
        <kbd className="hidden rounded-sm border border-line px-1 text-xs sm:inline">{useKeys()}</kbd>
      </button>
      {open && <Palette onClose={() => setOpen(false)} />}
    </>
  );
}
