import type { Metadata } from 'next';
import { connection } from 'next/server';
import { NewLink, SignInForm } from '#features/identity/sign-in-form.tsx';
import { consoleConfig } from '#config.ts';
import { Logo } from '#ui/logo.tsx';

export const metadata: Metadata = { title: 'Sign in' };

export default async function SignInPage({ searchParams }: PageProps<'/sign-in'>) {
  await connection();
  const { token } = await searchParams;
  return (
    <main className="flex min-h-dvh items-center justify-center p-4">
      <div className="card w-full max-w-[400px] p-6 shadow-raised sm:p-8">
        <Logo size={32} />
        <h1 className="mt-5 mb-1 text-xl font-semibold tracking-tight">Sign in to Weir</h1>
        <p className="mb-6 truncate font-mono text-sm text-muted">{consoleConfig().host}</p>
        {typeof token === 'string' && token !== '' ? <SignInForm token={token} /> : <NewLink />}
      </div>
    </main>
  );
}
