/** Whether `text` can be the name of an apt package: no version, no option, no file. */
export const isAptPackage = (text: string): boolean => /^[a-z0-9][a-z0-9+.-]{1,63}$/.test(text);
