// Reads vitest's JSON report and prints the slowest files and the closing line; exits non-zero when anything failed.
//   node .ci/summary.mjs REPORT FAILED-PARTS
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

const [report = '', parts = '0'] = process.argv.slice(2);

/** @returns {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number, testResults: { name: string, status: string, startTime: number, endTime: number, assertionResults: unknown[] }[] }} */
const read = () => {
  try {
    return JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] };
  }
};

const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = read();
const slowest = testResults
  .toSorted((a, b) => b.endTime - b.startTime - (a.endTime - a.startTime))
  .slice(0, 10);
console.log('slowest test files:');
for (const { name, startTime, endTime } of slowest) {
  console.log(
    `  ${((endTime - startTime) / 1000).toFixed(1).padStart(6)} s  ${relative(process.cwd(), name)}`,
  );
}

// A file that could not even be loaded has no tests that could fail, so it counts as one; so does every failed part
// but the tests themselves, which are counted one by one. A run without a single test is a failed run.
const broken = testResults.filter(
  ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
);
const inTests = numFailedTests + broken.length;
const otherParts = Math.max(0, Number(parts) - (inTests > 0 ? 1 : 0));
const failed = inTests + otherParts + (numPassedTests === 0 && inTests === 0 && otherParts === 0 ? 1 : 0);
const skipped = numPendingTests + numTodoTests;
console.log(`\n${numPassedTests} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed === 0 ? 0 : 1;
