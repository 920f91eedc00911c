type Schema = Record<string, unknown>;

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const asSchema = (value: unknown): Schema => (typeof value === 'object' && value !== null ? (value as Schema) : {});
const asSchemas = (value: unknown): Schema[] => (Array.isArray(value) ? value.map(asSchema) : []);

/** What kind of value a JSON Schema describes, in a few words. */
function kindOf(schema: Schema): string {
  if ('const' in schema) return JSON.stringify(schema['const']);
  if (Array.isArray(schema['enum'])) return schema['enum'].map((value) => JSON.stringify(value)).join(' | ');
  const either = [...asSchemas(schema['anyOf']), ...asSchemas(schema['oneOf'])];
  if (either.length > 0) return either.map(kindOf).join(' | ');
  if (schema['type'] === 'array') return `list of ${kindOf(asSchema(schema['items']))}`;
  return typeof schema['type'] === 'string' ? schema['type'] : 'any';
}

const note = (schema: Schema): string => {
  const facts = (['minimum', 'maximum', 'minLength', 'maxLength', 'default'] as const).filter((key) => key in schema && Math.abs(Number(schema[key])) !== Number.MAX_SAFE_INTEGER);
  return [typeof schema['description'] === 'string' ? schema['description'] : '', ...facts.map((key) => `${key} ${JSON.stringify(schema[key])}`)].filter(Boolean).join(', ');
};

/** The object whose fields are worth a table: the schema itself, or the one thing that is listed in it. */
const nested = (schema: Schema): Schema => {
  const either = [...asSchemas(schema['anyOf']), ...asSchemas(schema['oneOf'])].find((option) => 'properties' in option);
  if (schema['type'] === 'array') return asSchema(schema['items']);
  return either ?? schema;
};

function rows(schema: Schema, prefix: string, depth: number): string[] {
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  return Object.entries(asSchema(schema['properties'])).flatMap(([name, value]) => {
    const field = asSchema(value);
    const path = `${prefix}${name}`;
    const row = `<tr><td><code>${escapeHtml(path)}</code></td><td>${escapeHtml(kindOf(field))}${required.includes(name) ? '' : ', optional'}</td><td>${escapeHtml(note(field))}</td></tr>`;
    const inner = depth > 1 ? [] : rows(nested(field), `${path}${field['type'] === 'array' ? '[]' : ''}.`, depth + 1);
    return [row].concat(inner);
  });
}

/** A JSON Schema's fields as an HTML table, two levels deep. */
export const fieldsTable = (schema: Schema): string => `<table><tr><th>Field</th><th>Kind</th><th></th></tr>${rows(nested(schema), '', 0).join('')}</table>`;
