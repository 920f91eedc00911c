import type { OperationAnswer } from '@weir/contracts';
import Link from 'next/link';

/** The examples an app can start from. Choosing one fills the form; nothing is deployed yet. */
export function ExampleCards({ examples }: { readonly examples: OperationAnswer<'examples.list'>['items'] }) {
  return (
    <ul className="grid gap-3 sm:grid-cols-2">
      {examples.map((example) => (
        <li key={example.name} className="card relative p-4 transition-colors hover:border-line-strong hover:bg-hover">
          <Link href={`/new?example=${example.name}`} className="font-semibold after:absolute after:inset-0">
            {example.title}
          </Link>
          <p className="text-muted">{example.description}</p>
        </li>
      ))}
    </ul>
  );
}
