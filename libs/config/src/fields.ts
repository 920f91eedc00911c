import { z } from 'zod';

/** A secret: it may come from the file that `KEY_FILE` names, has no default, and is marked in the documentation. */
export const secret = () => z.string().min(1).meta({ secret: true });

/** `a, b,c` → `['a', 'b', 'c']`; nothing → `[]`. */
export const commaList = () =>
  z
    .string()
    .default('')
    .transform((text) => text.split(',').map((part) => part.trim()).filter((part) => part !== ''));

/** `true` or `false`. */
export const flag = () => z.enum(['true', 'false']).transform((text) => text === 'true');

export const port = () => z.coerce.number().int().min(0).max(65_535);

/** JSON of the given shape. */
export const json = <T extends z.ZodType>(shape: T) =>
  z
    .string()
    .transform((text, ctx): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        // The parser's message would quote the value, which may be a secret.
        ctx.addIssue({ code: 'custom', message: 'This is not JSON.' });
        return z.NEVER;
      }
    })
    .pipe(shape);
