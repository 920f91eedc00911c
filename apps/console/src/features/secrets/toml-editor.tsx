'use client';

import clsx from 'clsx';
import { type ComponentProps, useRef } from 'react';
import type { TomlProblem } from './check-toml.ts';

interface TomlEditorProps extends Omit<ComponentProps<'textarea'>, 'value' | 'onChange' | 'rows'> {
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly problem: TomlProblem | null;
  readonly rows?: number;
}

/** A plain text editor with line numbers; the line that is not TOML is marked. */
export function TomlEditor({ value, onChange, problem, rows = 10, className, ...rest }: TomlEditorProps) {
  const gutter = useRef<HTMLDivElement>(null);
  const count = Math.max(rows, value.split('\n').length);
  return (
    <div className={clsx('flex overflow-hidden rounded-md border bg-surface shadow-raised focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent-text', problem ? 'border-failed' : 'border-line-strong', className)}>
      <div ref={gutter} aria-hidden className="overflow-hidden border-r border-line bg-sunken py-2 text-right font-mono text-xs leading-[20px] text-faint select-none" style={{ height: rows * 20 + 16 }}>
        {Array.from({ length: count }, (_, i) => (
          <div key={i} className={clsx('min-w-9 px-2', problem?.line === i + 1 && 'bg-failed-tint font-bold text-failed')}>
            {i + 1}
          </div>
        ))}
        <div className="h-5" />
      </div>
      <textarea
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onScroll={(event) => {
          if (gutter.current) gutter.current.scrollTop = event.currentTarget.scrollTop;
        }}
        rows={rows}
        wrap="off"
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        className="min-w-0 grow resize-none bg-transparent px-3 py-2 font-mono text-xs leading-[20px] outline-none"
        style={{ height: rows * 20 + 16 }}
        {...rest}
      />
    </div>
  );
}
