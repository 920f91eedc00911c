import { readFileSync } from 'node:fs';
import { defineConfig, type Plugin } from 'rolldown';

/** The script that browsers get lies beside the program as it lies beside its module. */
const tabScript: Plugin = {
  name: 'tab-script',
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'tab.js', source: readFileSync('src/tab/tab.js') });
  },
};

// Dependencies stay in node_modules; this repository's own TypeScript becomes one file.
export default defineConfig({
  input: 'src/main.ts',
  platform: 'node',
  tsconfig: './tsconfig.json',
  external: (id) => !/^[./#]|^@weir\/|^@oxc-project\/runtime/.test(id),
  plugins: [tabScript],
  // Node's globals are getters, which V8 asks each time; what is imported is known to it.
  transform: { inject: { performance: ['node:perf_hooks', 'performance'], Buffer: ['node:buffer', 'Buffer'] } },
  output: { file: 'dist/main.js', format: 'esm', sourcemap: true },
});
