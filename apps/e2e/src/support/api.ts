import { installation } from './shared.ts';

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly parameters: readonly { readonly in: string; readonly name: string; readonly schema: { readonly enum?: readonly string[] } }[] }>>>>;
}

/** Every path that can be read, with these values in it; a query with choices is asked for each of them. */
export async function readablePaths(values: Readonly<Record<string, string>>): Promise<string[]> {
  const { paths } = JSON.parse((await installation.api('/openapi.json')).text) as OpenApi;
  return Object.entries(paths).flatMap(([path, { get }]) => {
    if (!get) return [];
    const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
      const value = values[name];
      if (value === undefined) throw new Error(`GET ${path} has a parameter that this test does not know: ${name}`);
      return encodeURIComponent(value);
    });
    const choices = get.parameters.filter((one) => one.in === 'query').flatMap(({ name, schema }) => (schema.enum ?? []).map((choice) => `${filled}?${name}=${choice}`));
    return choices.length > 0 ? choices : [filled];
  });
}
