import { z } from 'zod';
import { Problem } from './common.ts';
import { type Endpoint, endpoints } from './endpoints.ts';

type Json = Record<string, unknown>;

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json;
  return json;
};

const content = (schema: z.ZodType, io: 'input' | 'output', type = 'application/json'): Json => ({ [type]: { schema: schemaOf(schema, io) } });

function parametersOf(schema: z.ZodObject | undefined, where: 'path' | 'query'): Json[] {
  if (!schema) return [];
  return Object.entries(schema.shape).map(([name, field]) => ({
    name,
    in: where,
    required: where === 'path' || !z.safeParse(field as z.ZodType, undefined).success,
    schema: schemaOf(field as z.ZodType, 'input'),
  }));
}

function operation(id: string, endpoint: Endpoint): Json {
  return {
    operationId: id,
    summary: endpoint.summary,
    tags: [id.split('.')[0]],
    parameters: [...parametersOf(endpoint.params, 'path'), ...parametersOf(endpoint.query, 'query')],
    ...(endpoint.body && { requestBody: { required: true, content: content(endpoint.body, 'input') } }),
    ...(endpoint.public && { security: [] }),
    responses: {
      [endpoint.status]: { description: 'Done', ...(endpoint.answer && { content: content(endpoint.answer, 'output') }) },
      default: { description: 'Refused or failed', content: content(Problem, 'output', 'application/problem+json') },
    },
  };
}

/** The public API as OpenAPI 3.1, made from {@link endpoints}. */
export function openApi(version: string): Json {
  const paths: Record<string, Json> = {};
  for (const [id, endpoint] of Object.entries<Endpoint>(endpoints)) {
    const path = endpoint.path.replace(/:(\w+)/g, '{$1}');
    (paths[path] ??= {})[endpoint.method.toLowerCase()] = operation(id, endpoint);
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Weir', version },
    servers: [{ url: '/api/v1' }],
    security: [{ token: [] }, { session: [] }],
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' }, session: { type: 'apiKey', in: 'cookie', name: 'weir_session' } } },
    paths,
  };
}
