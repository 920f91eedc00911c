import { defineConfig } from 'rolldown';

/** Dependencies stay in node_modules; this repository's own TypeScript becomes one file. */
const program = (name: string) => ({
  input: `src/${name}.ts`,
  platform: 'node' as const,
  tsconfig: './tsconfig.json', // decorators and their metadata
  external: (id: string) => !/^[./#]|^@weir\/|^@oxc-project\/runtime/.test(id),
  output: { file: `dist/${name}.js`, format: 'esm' as const, sourcemap: true },
});

const config = defineConfig([program('main'), program('remove-everything')]);

export { config as default };
