import { cookies } from 'next/headers';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { AccountButton } from '#features/identity/account-button.tsx';
import { readMeIfPossible } from '#features/identity/read-me.ts';
import { THEME_COOKIE, themeFrom } from '#features/identity/theme.ts';
import { MainLinks } from '#features/navigation/main-links.tsx';
import { PaletteButton } from '#features/palette/palette-button.tsx';
import { ConnectionNotice } from '#live/connection-notice.tsx';
import { Logo } from '#ui/logo.tsx';

export default async function ConsoleLayout({ children }: { readonly children: ReactNode }) {
  const [me, store] = await Promise.all([readMeIfPossible(), cookies()]);
  return (
    <>
      <a href="#content" className="sr-only z-50 rounded-md bg-accent px-3 py-2 text-accent-ink focus:not-sr-only focus:fixed focus:top-2 focus:left-2">
        Skip to content
      </a>
      <header className="sticky top-0 z-30 border-b border-line bg-ground/90 backdrop-blur">
        <nav aria-label="Main" className="mx-auto flex h-13 max-w-page items-center gap-3 px-4 sm:px-6">
          <Link href="/" className="flex items-center gap-2 rounded-sm font-semibold">
            <Logo />
            Weir
          </Link>
          {me !== null && (
            <span className="hidden min-w-0 items-center gap-4 sm:flex">
              <span aria-hidden className="text-line-strong">
                /
              </span>
              <span className="truncate text-muted">{me.workspace.name}</span>
            </span>
          )}
          <MainLinks />
          <div className="ml-auto flex items-center gap-2">
            <PaletteButton />
            <AccountButton name={me?.actor.name ?? null} workspace={me?.workspace.name ?? null} theme={themeFrom(store.get(THEME_COOKIE)?.value)} />
          </div>
        </nav>
      </header>
      <main id="content" className="mx-auto max-w-page px-4 pt-8 pb-24 sm:px-6">
        {children}
      </main>
      <ConnectionNotice />
    </>
  );
}
