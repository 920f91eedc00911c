import type { Metadata } from 'next';
import { readApi } from '#api/server.ts';
import { SecretList } from '#features/secrets/secret-list.tsx';
import { SecretsForm } from '#features/secrets/secrets-form.tsx';
import { Section } from '#ui/section.tsx';

export const metadata: Metadata = { title: 'Secrets' };

export default async function SecretsPage({ params }: PageProps<'/apps/[app]/secrets'>) {
  const { app } = await params;
  const secrets = await readApi('secrets.list', { params: { app } });
  return (
    <div className="flex flex-col gap-10">
      <Section title="Secrets" description="Values are encrypted and cannot be shown again. The app reads them as st.secrets; values at the root are environment variables too.">
        <SecretList secrets={secrets} />
      </Section>
      <Section title={secrets.items.length === 0 ? 'Set secrets' : 'Replace all secrets'} description={secrets.items.length === 0 ? undefined : 'What you save here takes the place of everything above. A name that is not in it is removed.'}>
        <SecretsForm app={app} present={secrets.items.map(({ name }) => name)} />
      </Section>
    </div>
  );
}
