/** Text that stands for itself in a regular expression: names come from logs and repositories, which may say anything. */
export const asPattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
