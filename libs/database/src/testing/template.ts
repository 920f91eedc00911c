/** The migrated database that each suite's own is copied from. */
export const TEMPLATE = 'weir_template';

export const withDatabase = (url: string, database: string): string => Object.assign(new URL(url), { pathname: `/${database}` }).href;
