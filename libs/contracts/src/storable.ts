import { z } from 'zod';

/**
 * Text that comes from repositories and logs. PostgreSQL stores neither NUL nor half a character, which is what
 * is left of an emoji that was cut.
 */
export const storable = () => z.string().overwrite((text) => text.replaceAll('\0', '\uFFFD').toWellFormed());
