import { describe, expect, it } from 'vitest';
import { endpoints, openApi } from './index.ts';

interface Document { paths: Record<string, Record<string, { operationId: string; parameters: { name: string; required: boolean }[] }>> }

describe('the OpenAPI document', () => {
  const document = openApi('0') as unknown as Document;
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path));

  it('has every endpoint once', () => {
    expect(operations.map((o) => o.operationId).sort()).toEqual(Object.keys(endpoints).sort());
  });

  it('names each part of a path as a required parameter', () => {
    for (const [path, methods] of Object.entries(document.paths)) {
      const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      for (const { parameters } of Object.values(methods)) expect(parameters.filter((p) => p.required).map((p) => p.name)).toEqual(expect.arrayContaining(names));
    }
  });
});
