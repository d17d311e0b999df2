import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 90_000,
    hookTimeout: 180_000,
    // Modules of this program keep nothing between runs, so that each worker loads them once; tests put back what they change.
    isolate: false,
    // Many tests wait for programs and sockets rather than compute: one more than the cores of the smallest machine in use.
    maxWorkers: 3,
  },
});
