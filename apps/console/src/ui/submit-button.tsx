'use client';

import type { ComponentProps, ReactNode } from 'react';
import { useFormStatus } from 'react-dom';
import { Button } from './button.tsx';

type SubmitButtonProps = ComponentProps<typeof Button> & {
  /** What the button says while its form is on its way, such as "Saving…". */
  readonly pending: ReactNode;
};

/** Sends its form; says so and cannot be pressed twice until the answer is there. */
export function SubmitButton({ pending, children, disabled, ...rest }: SubmitButtonProps) {
  const status = useFormStatus();
  return (
    <Button type="submit" disabled={disabled === true || status.pending} {...rest}>
      {status.pending ? pending : children}
    </Button>
  );
}
