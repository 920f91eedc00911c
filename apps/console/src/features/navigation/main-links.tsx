'use client';

import clsx from 'clsx';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { LinkProgress } from '#ui/link-progress.tsx';

const LINKS = [
  { href: '/', label: 'Apps', holds: (path: string) => path === '/' || path === '/new' || path.startsWith('/apps/') },
  { href: '/audit', label: 'Audit', holds: (path: string) => path === '/audit' },
] as const;

/** The pages of the workspace, with the one that this page belongs to marked. */
export function MainLinks() {
  const path = usePathname();
  return (
    <ul className="flex items-center gap-1">
      {LINKS.map(({ href, label, holds }) => (
        <li key={href}>
          <Link href={href} aria-current={path === href ? 'page' : holds(path) ? 'true' : undefined} className={clsx('relative rounded-md px-2 py-1.5 font-medium hover:bg-hover hover:text-ink', holds(path) ? 'text-ink' : 'text-muted')}>
            {label}
            <LinkProgress />
          </Link>
        </li>
      ))}
    </ul>
  );
}
