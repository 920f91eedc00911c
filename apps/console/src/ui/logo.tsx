/** The sign: water held at a level, and let through. */
export function Logo({ size = 20 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" fill="none" aria-hidden className="shrink-0">
      <rect width="20" height="20" rx="5" className="fill-accent" />
      <path d="M4 6.5c1.5 0 1.5 1.2 3 1.2s1.5-1.2 3-1.2M10 6.5v7c0 1 .6 1.2 1.5 1.2h4.5" stroke="white" strokeWidth="1.7" strokeLinecap="round" strokeLinejoin="round" />
      <path d="M4 10.6c1.5 0 1.5 1.2 3 1.2M4 14.7c1.5 0 1.5 0 3 0" stroke="white" strokeWidth="1.7" strokeLinecap="round" opacity=".7" />
    </svg>
  );
}
