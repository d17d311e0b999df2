import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { defineConfig } from 'vitest/config';

/** Tests, the quick ones first: the first test that fails ends the run of a mutant. */
const order = [
  /\/test\/core\//u,
  /\/test\/steps\/(?:host\/(?!properties|shell-profile)|cloud\/(?!enrollment|recover))/u,
  /\/test\/failures\/(?!catalogue|error-details)/u,
  /\/test\/(?:checks|failures|steps)\//u,
  /\/test\/scenarios\//u,
];

function rank({ moduleId }: TestSpecification): number {
  return order.findIndex((pattern) => pattern.test(moduleId));
}

class QuickFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return Promise.resolve(files.toSorted((a, b) => rank(a) - rank(b)));
  }
}

/** For mutation tests: those that run in one process. A mutant is switched on there, not in a program that a test starts. */
export default defineConfig({
  test: {
    include: [
      'test/{core,failures,steps}/**/*.test.ts',
      'test/checks/{drift,policy-reach,reattaching,token-quota}.test.ts',
      'test/scenarios/cloud-mock.test.ts',
    ],
    exclude: ['test/steps/host/{killed,large-profile,readers}.test.ts'],
    isolate: false,
    sequence: { sequencer: QuickFirst },
    testTimeout: 30_000,
  },
});
