import { applyDecorators, createParamDecorator, type ExecutionContext, HttpCode, RequestMapping, RequestMethod, SetMetadata } from '@nestjs/common';
import { type Endpoint, type Endpoints, endpoints, type OperationId } from '@weir/contracts';
import type { Request } from 'express';
import type { z } from 'zod';
import { InvalidRequest } from './invalid-request.ts';
import { Public } from './public.ts';

const OPERATION = 'weir.operation';

/** Makes a method the handler of an operation of the public API: method, path and status are the contract's. */
export function Operation(id: OperationId): MethodDecorator {
  const endpoint: Endpoint = endpoints[id];
  return applyDecorators(
    RequestMapping({ path: endpoint.path, method: RequestMethod[endpoint.method] }),
    HttpCode(endpoint.status),
    SetMetadata(OPERATION, id),
    ...(endpoint.public ? [Public()] : []),
  );
}

type Out<E, K extends string> = E extends Record<K, infer S extends z.ZodType> ? z.output<S> : never;

/** What a handler is given: the request's path, query and body as the contract reads them. */
export type Given<O extends OperationId> = { [K in 'params' | 'query' | 'body' as Out<Endpoints[O], K> extends never ? never : K]: Out<Endpoints[O], K> };

const PARTS = ['params', 'query', 'body'] as const;

/** Reads a request by the contract of its operation. Unknown fields are refused. */
export function readRequest(id: OperationId, request: Pick<Request, (typeof PARTS)[number]>): Record<string, unknown> {
  const endpoint: Endpoint = endpoints[id];
  const given: Record<string, unknown> = {};
  const errors: { field: string; message: string }[] = [];
  for (const part of PARTS) {
    const schema = endpoint[part];
    if (!schema) continue;
    const read = schema.safeParse(request[part] ?? {});
    if (read.success) given[part] = read.data;
    else for (const { path, message } of read.error.issues) errors.push({ field: path.map(String).join('.') || part, message });
  }
  if (errors.length > 0) throw new InvalidRequest(errors);
  return given;
}

/** Injects what the caller gave, checked. */
export const Input = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const id = Reflect.getMetadata(OPERATION, context.getHandler()) as OperationId;
  return readRequest(id, context.switchToHttp().getRequest<Request>());
});
