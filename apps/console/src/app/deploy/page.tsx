import { redirect } from 'next/navigation';

/** The deep link of "Deploy" badges: the same question as `/new`, with its answers filled in. */
export default async function DeployPage({ searchParams }: PageProps<'/deploy'>) {
  const { repository, branch, mainModule } = await searchParams;
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ repository, branch, mainModule })) if (typeof value === 'string') query.set(name, value);
  redirect(`/new?${query.toString()}`);
}
