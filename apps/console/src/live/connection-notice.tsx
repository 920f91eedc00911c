'use client';

import { CloudOff } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { isReconnecting, onConnections } from './connections.ts';

/** Says when the page is no longer live, and vanishes when it is again. */
export function ConnectionNotice() {
  const reconnecting = useSyncExternalStore(onConnections, isReconnecting, () => false);
  return (
    <output className="pointer-events-none fixed inset-x-0 bottom-5 z-40 flex justify-center px-4">
      {reconnecting && (
        <p className="flex items-center gap-2 rounded-lg border border-attention-line bg-attention-tint px-3 py-2 text-sm text-attention shadow-floating">
          <CloudOff size={15} aria-hidden className="breathing" />
          Reconnecting. What you see may be a moment old.
        </p>
      )}
    </output>
  );
}
