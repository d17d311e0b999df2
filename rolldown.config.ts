import { defineConfig } from 'rolldown';

export default defineConfig({
  input: { bin: 'src/bin.ts' },
  platform: 'node',
  resolve: { mainFields: ['module', 'main'] },
  output: {
    dir: 'dist',
    format: 'esm',
    cleanDir: true,
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name].js',
  },
});
