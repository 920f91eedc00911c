import { useState } from 'react';

/** What a field shows: what is saved, as it changes, until something else is typed; what comes to equal it follows it again. */
export function useDraft<T>(saved: T): readonly [T, (value: T) => void] {
  const [draft, setDraft] = useState<{ readonly value: T } | null>(null);
  if (draft !== null && Object.is(draft.value, saved)) setDraft(null);
  return [draft === null ? saved : draft.value, (value) => setDraft({ value })];
}
