'use client';

import { useLinkStatus } from 'next/link';

/** Inside a link: says that its page is on its way, once that takes longer than a moment. */
export function LinkProgress() {
  const { pending } = useLinkStatus();
  return pending && <span aria-hidden className="on-its-way absolute inset-x-0 -bottom-0.5 h-0.5 bg-accent" />;
}
