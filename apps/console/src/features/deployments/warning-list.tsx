import type { DeploymentView } from '@weir/contracts';
import { Callout } from '#ui/callout.tsx';

/** What is worth knowing about a deployment though it did not stop it. */
export function WarningList({ warnings }: { readonly warnings: DeploymentView['warnings'] }) {
  return warnings.map((warning, i) => (
    // oxlint-disable-next-line react/no-array-index-key -- two warnings may be alike, and their order never changes
    <Callout key={`${warning.code}-${i}`} tone="attention" title={warning.message}>
      {warning.excerpt !== null && warning.excerpt !== '' && (
        <details className="mt-1">
          <summary className="text-sm text-muted">What the log said</summary>
          <pre className="mt-2 max-h-[200px] overflow-auto rounded-md border border-attention-line bg-surface p-3 text-xs leading-[18px] whitespace-pre-wrap">{warning.excerpt}</pre>
        </details>
      )}
    </Callout>
  ));
}
