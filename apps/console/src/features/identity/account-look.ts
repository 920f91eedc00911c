/** The classes of the button that opens the account menu, before and after the menu is there. */
export const ACCOUNT_BUTTON = 'flex size-8 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink';
