import type { AppView } from '@weir/contracts';

export interface PaletteEntry {
  readonly label: string;
  readonly detail: string;
  readonly href: string;
  /** An app itself, outside the console. */
  readonly external?: boolean;
}

const PAGES = [
  { page: '', detail: 'overview' },
  { page: '/deployments', detail: 'deployments' },
  { page: '/logs', detail: 'logs' },
  { page: '/secrets', detail: 'secrets' },
  { page: '/settings', detail: 'settings' },
] as const;

const FIXED: readonly PaletteEntry[] = [
  { label: 'Apps', detail: 'all apps', href: '/' },
  { label: 'New app', detail: 'deploy a repository or an example', href: '/new' },
  { label: 'Audit', detail: 'who changed what', href: '/audit' },
];

const MOST = 12;

/** Where the palette can lead, for what was typed: every word is in the entry's words; overviews come first. */
export function paletteEntries(apps: readonly AppView[], query: string): PaletteEntry[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const all = [
    ...FIXED,
    ...PAGES.flatMap(({ page, detail }) => apps.map((app) => ({ label: app.hostname, detail, href: `/apps/${app.hostname}${page}` }))),
    ...apps.map((app) => ({ label: app.hostname, detail: 'open the app', href: app.url, external: true })),
  ];
  return all.filter(({ label, detail }) => words.every((word) => `${label} ${detail}`.toLowerCase().includes(word))).slice(0, MOST);
}
