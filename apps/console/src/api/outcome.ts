/** How a form's last submission ended; `null` before the first. */
export type Outcome<T = undefined> =
  | { readonly ok: true; readonly value: T; readonly message?: string }
  | { readonly ok: false; readonly message: string; readonly code: string; readonly fields: Readonly<Record<string, string>> }
  | null;
