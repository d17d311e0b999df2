import { createHash } from 'node:crypto';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Makes AWS-shaped ids. The n-th id of a server is always the same, so that outputs can be compared. */
export interface Ids {
  /** `AROA…`, `AIPA…`, `ASIA…` and the like. */
  unique(prefix: string): string;
  /** `iip-assoc-…`: 17 hexadecimal digits. */
  resource(prefix: string): string;
  request(): string;
  /** Hexadecimal text without a shape of its own. */
  secret(): string;
}

/** A generator that starts over at each call. */
export function createIds(): Ids {
  let count = 0;
  const next = () =>
    createHash('sha256')
      .update(`mock-aws:${(count += 1)}`)
      .digest();
  return {
    unique: (prefix) =>
      prefix +
      [...next()]
        .slice(0, 17)
        .map((byte) => BASE32[byte % 32])
        .join(''),
    resource: (prefix) => `${prefix}-${next().toString('hex').slice(0, 17)}`,
    request: () => {
      const hex = next().toString('hex');
      return [
        hex.slice(0, 8),
        hex.slice(8, 12),
        `4${hex.slice(13, 16)}`,
        `8${hex.slice(17, 20)}`,
        hex.slice(20, 32),
      ].join('-');
    },
    secret: () => next().toString('base64').slice(0, 40),
  };
}
