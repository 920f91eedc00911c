'use client';

import { Menu } from '@base-ui/react/menu';
import { Check, CircleUser, LogOut, Monitor, Moon, Sun } from 'lucide-react';
import { startTransition, useState } from 'react';
import { ACCOUNT_BUTTON } from './account-look.ts';
import { signOut } from './session.actions.ts';
import { type Theme, THEME_COOKIE, themeFrom, THEMES } from './theme.ts';

const LOOKS = { system: { icon: Monitor, label: 'System' }, light: { icon: Sun, label: 'Light' }, dark: { icon: Moon, label: 'Dark' } } as const;
const YEAR_S = 31_536_000;
const ITEM = 'flex w-full cursor-default items-center gap-2.5 rounded-md px-2 py-1.5 data-[highlighted]:bg-hover';

export interface AccountMenuProps {
  readonly name: string | null;
  readonly workspace: string | null;
  readonly theme: Theme;
}

/** Who is signed in, the theme, and the way out. It is open when it comes: {@link AccountButton} fetches it on the first click. */
export function AccountMenu({ name, workspace, theme: first }: AccountMenuProps) {
  const [theme, setTheme] = useState(first);
  function choose(next: Theme): void {
    setTheme(next);
    document.documentElement.dataset['theme'] = next;
    document.cookie = `${THEME_COOKIE}=${next}; path=/; max-age=${YEAR_S}; samesite=lax`;
  }
  return (
    <Menu.Root defaultOpen>
      <Menu.Trigger aria-label="Account and theme" className={ACCOUNT_BUTTON}>
        <CircleUser size={18} aria-hidden />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align="end" sideOffset={6} className="z-50">
          <Menu.Popup className="w-[220px] rounded-lg border border-line-strong bg-surface p-1 shadow-floating outline-none">
            {name !== null && (
              <div className="border-b border-line px-2 pt-1 pb-2">
                <p className="truncate font-medium">{name}</p>
                <p className="truncate text-sm text-muted">{workspace}</p>
              </div>
            )}
            <Menu.RadioGroup value={theme} onValueChange={(value: unknown) => choose(themeFrom(String(value)))} aria-label="Theme" className="border-b border-line py-1">
              {THEMES.map((value) => {
                const { icon: Icon, label } = LOOKS[value];
                return (
                  <Menu.RadioItem key={value} value={value} closeOnClick={false} className={ITEM}>
                    <Icon size={15} aria-hidden className="text-muted" />
                    {label}
                    <Menu.RadioItemIndicator className="ml-auto">
                      <Check size={15} aria-hidden />
                    </Menu.RadioItemIndicator>
                  </Menu.RadioItem>
                );
              })}
            </Menu.RadioGroup>
            <div className="pt-1">
              <Menu.Item className={ITEM} onClick={() => startTransition(() => signOut())}>
                <LogOut size={15} aria-hidden className="text-muted" />
                Sign out
              </Menu.Item>
            </div>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
