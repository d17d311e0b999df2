import { type MockAws, type MockAwsOptions, startMockAws } from '../../src/mock-aws/index.js';

/** What an SDK client needs to talk to the embedded AWS as its operator. */
export interface ClientSettings {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly maxAttempts: number;
}

/** Runs `use` with an embedded AWS and stops it afterwards, whatever happens. */
export async function withMockAws<Result>(
  options: MockAwsOptions,
  use: (mock: MockAws) => Promise<Result>,
): Promise<Result> {
  const mock = await startMockAws(options);
  try {
    return await use(mock);
  } finally {
    await mock.stop();
  }
}

/** Settings for `new IAMClient(…)` and the like, as the operator. */
export function operatorClient(mock: MockAws, overrides: Partial<ClientSettings> = {}): ClientSettings {
  const { accessKeyId, secretAccessKey } = mock.settings.operator;
  return {
    endpoint: mock.url,
    region: mock.settings.regions[0] ?? 'us-east-1',
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: 1,
    ...overrides,
  };
}

/** The calls that were made, as `service:Operation`, instance metadata left out; `mutating` keeps the writing ones only. */
export function callNames(mock: MockAws, which: 'all' | 'mutating' = 'all'): string[] {
  return mock.calls
    .filter((call) => call.service !== 'metadata' && (which === 'all' || call.mutating))
    .map((call) => `${call.service}:${call.operation}`);
}
