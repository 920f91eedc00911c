import type { DeploymentView } from '@weir/contracts';
import { Callout } from '#ui/callout.tsx';
import { RemedyLink } from './remedy-link.tsx';

type Warnings = DeploymentView['warnings'];

/** More would push what stands below out of sight. */
const SHOWN = 3;

interface WarningsProps {
  /** Hostname. */
  readonly app: string;
  readonly warnings: Warnings;
}

/** What a build or a running app warned of, though it stopped nothing. */
export function WarningList({ app, warnings }: WarningsProps) {
  return (
    <>
      {warnings.filter(({ place }) => place === undefined).map((warning, i) => (
        // oxlint-disable-next-line react/no-array-index-key -- two warnings may be alike, and their order never changes
        <Callout key={`${warning.code}-${i}`} tone="attention" title={warning.message}>
          <RemedyLink app={app} code={warning.code} />
          {warning.excerpt !== null && warning.excerpt !== '' && (
            <details className="mt-1">
              <summary className="text-sm text-muted">What the log said</summary>
              <pre className="mt-2 max-h-[200px] overflow-auto rounded-md border border-attention-line bg-surface p-3 text-xs leading-[18px] whitespace-pre-wrap">{warning.excerpt}</pre>
            </details>
          )}
        </Callout>
      ))}
    </>
  );
}

/** What the deploy check found, each with its file and line; of many, the first few until all are asked for. */
export function DeployCheck({ warnings }: { readonly warnings: Warnings }) {
  const findings = warnings.filter(({ place }) => place !== undefined);
  if (findings.length === 0) return null;
  const rest = findings.slice(SHOWN);
  return (
    <Callout tone="attention" title={findings.length === 1 ? 'The deploy check found one thing' : `The deploy check found ${findings.length} things`}>
      <Findings findings={findings.slice(0, SHOWN)} />
      {rest.length > 0 && (
        <details className="mt-3">
          <summary className="text-sm font-medium">{rest.length === 1 ? 'One more' : `${rest.length} more`}</summary>
          <Findings findings={rest} />
        </details>
      )}
    </Callout>
  );
}

function Findings({ findings }: { readonly findings: Warnings }) {
  return (
    <ul className="mt-2 flex flex-col gap-3">
      {findings.map(({ code, message, place, hint }) => (
        <li key={`${code} ${place?.path}:${place?.line}`}>
          <code className="text-xs break-all">
            {place?.path}:{place?.line}
          </code>
          <p>{message}</p>
          {hint !== undefined && <p className="text-sm text-muted">{hint}</p>}
        </li>
      ))}
    </ul>
  );
}
