import { AlertDialog } from '@base-ui/react/alert-dialog';
import type { ReactNode } from 'react';
import { buttonClass, type ButtonLook } from './button.tsx';

interface AlertProps {
  /** What the button says that opens it. */
  readonly label: string;
  readonly look: ButtonLook;
  readonly title: string;
  /** What will be lost, and what not. */
  readonly text: ReactNode;
  readonly onOpenChange?: () => void;
  readonly children: ReactNode;
}

/** A button that asks before something is lost. Its answer is among the children; so is the way out, {@link AlertClose}. */
export function Alert({ label, look, title, text, onOpenChange, children }: AlertProps) {
  return (
    <AlertDialog.Root onOpenChange={() => onOpenChange?.()}>
      <AlertDialog.Trigger className={buttonClass(look)}>{label}</AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="fixed inset-0 z-50 bg-[oklch(0_0_0/0.45)]" />
        <AlertDialog.Popup className="fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100dvh-32px)] w-[440px] max-w-[calc(100vw-32px)] -translate-x-1/2 -translate-y-1/2 flex-col gap-4 overflow-y-auto rounded-lg border border-line-strong bg-surface p-5 shadow-floating">
          <AlertDialog.Title className="text-lg font-semibold wrap-anywhere">{title}</AlertDialog.Title>
          <AlertDialog.Description className="text-muted">{text}</AlertDialog.Description>
          {children}
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

/** Leaves everything as it is. */
export const AlertClose = ({ children }: { readonly children: ReactNode }) => <AlertDialog.Close className={buttonClass()}>{children}</AlertDialog.Close>;
