import type { Metadata } from 'next';
import { AppHeader } from '#features/app/app-header.tsx';
import { readApp } from '#features/app/read-app.ts';

export async function generateMetadata({ params }: LayoutProps<'/apps/[app]'>): Promise<Metadata> {
  const { app } = await params;
  return { title: { default: app, template: `%s · ${app} · Weir` } };
}

export default async function AppLayout({ params, children }: LayoutProps<'/apps/[app]'>) {
  const app = await readApp((await params).app);
  return (
    <div className="flex flex-col gap-8">
      <AppHeader app={app} />
      {children}
    </div>
  );
}
