import type { PipeTransform } from '@nestjs/common';
import { type IdKind, isId, NotFound } from '@weir/domain';
import type { z } from 'zod';
import { InvalidRequest } from '../http/invalid-request.ts';

/** Reads a body or a query by its contract. @throws InvalidRequest */
export const parse = <T extends z.ZodType>(schema: T): PipeTransform<unknown, z.output<T>> => ({
  transform(value) {
    const read = schema.safeParse(value ?? {});
    if (read.success) return read.data;
    throw new InvalidRequest(read.error.issues.map(({ path, message }) => ({ field: path.map(String).join('.') || 'body', message })));
  },
});

/** Reads an id of one kind from the path. @throws NotFound */
export const idParam = (kind: IdKind): PipeTransform<string, string> => ({
  transform(value) {
    if (isId(kind, value)) return value;
    throw new NotFound(kind, value);
  },
});
