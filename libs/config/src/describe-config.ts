import type { z } from 'zod';

/** One key, as `docs/configuration.md` shows it. */
export interface ConfigRow {
  readonly key: string;
  readonly description: string;
  readonly required: boolean;
  /** As it would be written in the environment, or `null` if there is none. */
  readonly default: string | null;
  /** May be given as `KEY_FILE`; its value is never printed. */
  readonly secret: boolean;
}

/** The rows of generated documentation, in the schema's order. */
export const describeConfig = (schema: z.ZodObject): ConfigRow[] =>
  Object.entries(schema.shape).map(([key, field]) => {
    const layers = layersOf(field as z.ZodType);
    return {
      key,
      description: layers.map((layer) => layer.description).find((text) => text !== undefined) ?? '',
      required: !(field as z.ZodType).safeParse(undefined).success,
      default: layers.map(defaultOf).find((value) => value !== null) ?? null,
      secret: layers.some((layer) => layer.meta()?.['secret'] === true),
    };
  });

/** What describes a type may hang on any of its wrappers: `.optional()`, `.default()`, `.transform()`. */
function layersOf(field: z.ZodType): z.ZodType[] {
  const def = field.def as { innerType?: z.ZodType; in?: z.ZodType };
  const inner = def.innerType ?? def.in;
  return inner ? [field, ...layersOf(inner)] : [field];
}

function defaultOf(field: z.ZodType): string | null {
  const def = field.def as { type: string; defaultValue?: unknown };
  if (def.type !== 'default' && def.type !== 'prefault') return null;
  return typeof def.defaultValue === 'string' ? def.defaultValue : JSON.stringify(def.defaultValue);
}
