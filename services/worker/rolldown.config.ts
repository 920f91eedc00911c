import { defineConfig } from 'rolldown';

/** Dependencies stay in node_modules; this repository's own TypeScript becomes one file. */
const config = defineConfig({
  input: 'src/main.ts',
  platform: 'node',
  tsconfig: './tsconfig.json', // decorators and their metadata
  external: (id) => !/^[./#]|^@weir\/|^@oxc-project\/runtime/.test(id),
  output: { file: 'dist/main.js', format: 'esm', sourcemap: true },
});

export { config as default };
