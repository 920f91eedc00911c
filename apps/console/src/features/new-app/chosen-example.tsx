import type { OperationAnswer } from '@weir/contracts';
import Link from 'next/link';

/** Stands where the repository would be asked. */
export function ChosenExample({ example }: { readonly example: OperationAnswer<'examples.list'>['items'][number] }) {
  return (
    <div className="card flex flex-wrap items-start justify-between gap-x-6 gap-y-2 p-4">
      <div>
        <p className="text-sm text-muted">Example</p>
        <p className="font-semibold">{example.title}</p>
        <p className="max-w-[56ch] text-muted">{example.description}</p>
      </div>
      <Link href="/new" className="font-medium text-accent-text hover:underline">
        Use a repository instead
      </Link>
    </div>
  );
}
