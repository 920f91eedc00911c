import type { DeploymentView } from '@weir/contracts';
import { Callout } from '#ui/callout.tsx';

type Warnings = DeploymentView['warnings'];

/** What is worth knowing about a deployment though it did not stop it. */
export function WarningList({ warnings }: { readonly warnings: Warnings }) {
  const placed = warnings.filter(({ place }) => place !== undefined);
  return (
    <>
      {warnings.filter(({ place }) => place === undefined).map((warning, i) => (
        // oxlint-disable-next-line react/no-array-index-key -- two warnings may be alike, and their order never changes
        <Callout key={`${warning.code}-${i}`} tone="attention" title={warning.message}>
          {warning.excerpt !== null && warning.excerpt !== '' && (
            <details className="mt-1">
              <summary className="text-sm text-muted">What the log said</summary>
              <pre className="mt-2 max-h-[200px] overflow-auto rounded-md border border-attention-line bg-surface p-3 text-xs leading-[18px] whitespace-pre-wrap">{warning.excerpt}</pre>
            </details>
          )}
        </Callout>
      ))}
      {placed.length > 0 && <PlacedWarnings warnings={placed} />}
    </>
  );
}

/** What the deploy check found, each with its file and line. */
function PlacedWarnings({ warnings }: { readonly warnings: Warnings }) {
  return (
    <Callout tone="attention" title={warnings.length === 1 ? 'The deploy check found one thing' : `The deploy check found ${warnings.length} things`}>
      <ul className="mt-2 flex flex-col gap-3">
        {warnings.map(({ code, message, place, hint }) => (
          <li key={`${code} ${place?.path}:${place?.line}`}>
            <code className="text-xs break-all">
              {place?.path}:{place?.line}
            </code>
            <p>{message}</p>
            {hint !== undefined && <p className="text-sm text-muted">{hint}</p>}
          </li>
        ))}
      </ul>
    </Callout>
  );
}
