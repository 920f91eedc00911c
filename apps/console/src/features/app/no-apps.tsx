import type { OperationAnswer } from '@weir/contracts';
import { ExampleCards } from '#features/new-app/example-cards.tsx';
import { ButtonLink } from '#ui/button.tsx';

/** The first look at an installation: one sentence, one action, and four examples that work. */
export function NoApps({ examples }: { readonly examples: OperationAnswer<'examples.list'>['items'] }) {
  return (
    <div className="flex flex-col gap-6">
      <div className="card flex flex-col items-start gap-4 p-6 sm:p-8">
        <div>
          <h2 className="text-lg font-semibold">Deploy your first app</h2>
          <p className="max-w-[60ch] text-muted">Paste the address of a Git repository with a Streamlit app. Weir reads what it needs, builds it and gives it an address of its own.</p>
        </div>
        <ButtonLink look="primary" href="/new">
          New app
        </ButtonLink>
      </div>
      {examples.length > 0 && (
        <section className="flex flex-col gap-3">
          <h2 className="font-semibold">Or start from an example</h2>
          <ExampleCards examples={examples} />
        </section>
      )}
    </div>
  );
}
