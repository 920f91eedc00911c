import type { PlanView } from '@weir/contracts';
import type { ReactNode } from 'react';

/** What a build does and why, in the plan's own sentences. */
export function PlanCard({ plan, title = 'Build plan' }: { readonly plan: PlanView; readonly title?: string }) {
  const { kind, path } = plan.dependencies;
  return (
    <section aria-label={title} className="card p-4">
      <h2 className="mb-3 font-semibold">{title}</h2>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-2">
        <Row term="Entry file">
          <code className="break-all">{plan.entryFile}</code>
        </Row>
        <Row term="Python">{plan.python}</Row>
        <Row term="Framework">{plan.framework}</Row>
        <Row term="Packages">{path === null ? kind : <code className="break-all">{path}</code>}</Row>
        {plan.packages.length > 0 && (
          <Row term="System">
            <code className="break-words">{plan.packages.join(' ')}</code>
          </Row>
        )}
      </dl>
      {plan.notes.length > 0 && (
        <ul className="mt-3 flex list-disc flex-col gap-1 border-t border-line pt-3 pl-4 text-sm text-muted">
          {plan.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Row({ term, children }: { readonly term: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{term}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}
