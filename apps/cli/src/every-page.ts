interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

export const PAGE_LIMIT = 100;

/** The items of a keyset list, page after page, at most `limit`. */
export async function everyPage<T>(read: (after: { after?: string }) => Promise<Page<T>>, limit = 1000): Promise<T[]> {
  const items: T[] = [];
  for (let after: string | null | undefined; after !== null && items.length < limit; ) {
    const page: Page<T> = await read(after === undefined ? {} : { after });
    items.push(...page.items);
    after = page.next;
  }
  return items.slice(0, limit);
}
