import clsx from 'clsx';
import { type ComponentProps, type ReactNode, useId } from 'react';

const INPUT = 'h-9 w-full min-w-0 rounded-md border border-line-strong bg-surface px-3 text-ink shadow-raised transition-colors hover:border-faint aria-invalid:border-failed';

/** The classes of a text input, for the parts of the component library. */
export const inputClass = (extra?: string): string => clsx(INPUT, extra);

interface FieldProps {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly problem?: string | undefined;
  /** Gets the ids that tie the control to its label, hint and problem. */
  readonly children: (control: { id: string; 'aria-describedby': string; 'aria-invalid': boolean }) => ReactNode;
}

/** A labelled control with a hint below; a problem is said in its place and announced. */
export function Field({ label, hint, problem, children }: FieldProps) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      {children({ id, 'aria-describedby': `${id}-note`, 'aria-invalid': problem !== undefined })}
      <div id={`${id}-note`} aria-live="polite" className="text-sm">
        {problem === undefined ? <span className="text-muted">{hint}</span> : <span className="text-failed">{problem}</span>}
      </div>
    </div>
  );
}

export function TextInput({ className, ...rest }: ComponentProps<'input'>) {
  return <input autoComplete="off" spellCheck={false} className={inputClass(className)} {...rest} />;
}

export function Select({ className, ...rest }: ComponentProps<'select'>) {
  return <select className={inputClass(clsx('pr-8', className))} {...rest} />;
}
