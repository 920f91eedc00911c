'use client';

import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from './button.tsx';

/** Copies a text. Where the browser allows no clipboard (plain http), it says so instead of pretending. */
export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle');
  useEffect(() => {
    if (state === 'idle') return;
    const timer = setTimeout(() => setState('idle'), 2000);
    return () => clearTimeout(timer);
  }, [state]);

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      setState('copied');
    } catch {
      setState('refused');
    }
  }

  return (
    <Button look="quiet" className="px-2" aria-label={label} title={label} onClick={() => void copy()}>
      {state === 'copied' ? <Check size={15} aria-hidden /> : <Copy size={15} aria-hidden />}
      <output className={state === 'idle' ? 'sr-only' : 'text-sm'}>
        {state === 'copied' ? 'Copied' : state === 'refused' ? 'The browser refused' : ''}
      </output>
    </Button>
  );
}
