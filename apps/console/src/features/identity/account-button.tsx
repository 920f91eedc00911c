'use client';

import { CircleUser } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { ACCOUNT_BUTTON } from './account-look.ts';
import type { AccountMenuProps } from './account-menu.tsx';

const Placeholder = ({ onClick }: { readonly onClick?: () => void }) => (
  <button type="button" aria-haspopup="menu" aria-label="Account and theme" onClick={onClick} className={ACCOUNT_BUTTON}>
    <CircleUser size={18} aria-hidden />
  </button>
);

const AccountMenu = dynamic(async () => (await import('./account-menu.tsx')).AccountMenu, { ssr: false, loading: () => <Placeholder /> });

/** Opens the account menu, which no page needs before that. */
export function AccountButton(props: AccountMenuProps) {
  const [wanted, setWanted] = useState(false);
  return wanted ? <AccountMenu {...props} /> : <Placeholder onClick={() => setWanted(true)} />;
}
