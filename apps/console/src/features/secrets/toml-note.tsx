import type { CheckedToml } from './check-toml.ts';

/** What the editor's text is: where it is wrong, or which names it sets. */
export function TomlNote({ id, checked: { problem, names } }: { readonly id: string; readonly checked: CheckedToml }) {
  return (
    <p id={id} aria-live="polite" className="text-sm">
      {problem ? (
        <span className="text-failed">
          Line {problem.line}, column {problem.column}: {problem.message}
        </span>
      ) : names.length > 0 ? (
        <span className="text-muted">
          Sets <code className="text-ink">{names.join(', ')}</code>
        </span>
      ) : (
        <span className="text-muted">
          TOML, as in <code>.streamlit/secrets.toml</code>. Encrypted when saved, and never shown again.
        </span>
      )}
    </p>
  );
}
