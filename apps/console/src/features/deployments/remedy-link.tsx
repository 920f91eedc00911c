import Link from 'next/link';

const SOURCE = { page: 'settings#source', label: 'Change the source' };

/** Where in the console that can be changed which mends a fault, by the fault's code. */
const REMEDIES: Readonly<Record<string, { readonly page: string; readonly label: string }>> = {
  'app.missing_secret': { page: 'secrets', label: 'Set secrets' },
  'app.out_of_memory': { page: 'settings#limits', label: 'Change the limits' },
  'entry.not_found': SOURCE,
  'entry.doubtful': SOURCE,
  'source.not_found': SOURCE,
  'source.branch_not_found': SOURCE,
};

/** Leads from a fault to the page that mends it, if there is one. */
export function RemedyLink({ app, code }: { readonly app: string; readonly code: string }) {
  const remedy = REMEDIES[code];
  if (!remedy) return null;
  return (
    <Link href={`/apps/${app}/${remedy.page}`} className="self-start font-medium text-accent-text underline underline-offset-2">
      {remedy.label}
    </Link>
  );
}
