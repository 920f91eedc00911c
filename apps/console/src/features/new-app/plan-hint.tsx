/** Stands where the build plan will be. */
export function PlanHint({ example }: { readonly example: boolean }) {
  return (
    <div className="rounded-lg border border-dashed border-line-strong p-4 text-muted">
      <h2 className="mb-1 font-semibold text-ink">What the build will do</h2>
      {example ? (
        <p>The example gets a Git remote of its own: clone it, change it, push, and it deploys again.</p>
      ) : (
        <p>Weir reads the repository before anything is built: which Python, which dependency file and why, which system packages. It shows here.</p>
      )}
    </div>
  );
}
