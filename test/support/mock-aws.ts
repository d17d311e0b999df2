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

/** How a call ended: `done`, or the name and the words of its error. */
export async function outcomeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'done';
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
}

/** Sends what an SDK client would not send, signed for `service` as the operator. */
export async function sendSigned(
  mock: MockAws,
  service: string,
  {
    method = 'POST',
    path = '',
    headers = {},
    body = null,
  }: {
    readonly method?: string;
    readonly path?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string | URLSearchParams | null;
  },
): Promise<Response> {
  const { accessKeyId } = mock.settings.operator;
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260601/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;
  return fetch(mock.url + path, { method, body, headers: { ...headers, authorization } });
}
