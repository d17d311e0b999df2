import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 90_000,
    hookTimeout: 180_000,
    // Many tests wait for programs and sockets rather than compute: one more than the cores of the smallest machine in use.
    maxWorkers: 3,
  },
});
