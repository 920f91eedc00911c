import { defineConfig } from 'rolldown';

/**
 * This repository's own TypeScript, with what every command needs, becomes one file that loads fast;
 * what only some need is loaded when they run. Other dependencies stay in node_modules, and are loaded only where
 * something of theirs is used: Docker's client alone takes longer to load than most commands take.
 */
const config = defineConfig({
  input: { main: 'src/main.ts' },
  platform: 'node',
  tsconfig: './tsconfig.json',
  external: (id) => !/^[./#]|^@weir\/|^@oxc-project\/runtime|^zod(\/|$)|^commander$/.test(id),
  treeshake: { moduleSideEffects: [{ external: true, sideEffects: false }] },
  output: { dir: 'dist', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js', format: 'esm', sourcemap: true, cleanDir: true },
});

export { config as default };
