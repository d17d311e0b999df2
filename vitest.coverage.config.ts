import { defineConfig, mergeConfig } from 'vitest/config';
import config from './vitest.config.js';

/** The tests with what they run counted, in their own processes and in the programs that they start. See `scripts/coverage`. */
export default mergeConfig(
  config,
  defineConfig({
    test: {
      // They look at the bundle as it is published, which is another one than that with source maps.
      exclude: ['test/package/**'],
      // Nothing is shared between files here: what a module does while it is loaded counts for each that loads it.
      isolate: true,
      setupFiles: ['test/support/child-coverage.ts'],
      coverage: {
        enabled: true,
        provider: 'v8',
        include: ['src/**/*.ts'],
        // Types only.
        exclude: ['src/ports/**'],
        reporter: ['json'],
        reportsDirectory: 'coverage/own',
        reportOnFailure: true,
      },
    },
  }),
);
