import type { Service, MatchedCall } from './service.js';
import { awsError } from './errors.js';
import type { TokenBucket } from './settings.js';

/** EC2's own sizes: https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html. */
const READING: TokenBucket = { capacity: 100, perSecond: 20 };
const CHANGING: TokenBucket = { capacity: 50, perSecond: 5 };
const BY_OPERATION: Readonly<Record<string, TokenBucket>> = {
  AssociateIamInstanceProfile: { capacity: 100, perSecond: 5 },
  DisassociateIamInstanceProfile: { capacity: 100, perSecond: 5 },
  ModifyInstanceMetadataOptions: { capacity: 100, perSecond: 5 },
};

interface Level {
  tokens: number;
  at: number;
}

/** How full the buckets of one server are, by region and operation. */
export class TokenBuckets {
  readonly #levels = new Map<string, Level>();

  /**
   * Takes a token for a call of EC2; other services do not publish theirs and have none here. `sizes`: EC2's own for `true`, or
   * one size for every operation that changes something. Throws the service's throttling error when the bucket is empty.
   */
  take(
    { service, call, region }: { service: Service; call: MatchedCall; region: string },
    sizes: boolean | TokenBucket,
    now: number,
  ): void {
    if (sizes === false || service.name !== 'ec2') return;
    const own = BY_OPERATION[call.operation] ?? (call.mutating ? CHANGING : READING);
    const { capacity, perSecond } = sizes === true || !call.mutating ? own : sizes;
    const key = `${region} ${call.operation}`;
    const before = this.#levels.get(key) ?? { tokens: capacity, at: now };
    const tokens = Math.min(capacity, before.tokens + (Math.max(0, now - before.at) / 1000) * perSecond);
    this.#levels.set(key, { tokens: tokens < 1 ? tokens : tokens - 1, at: now });
    if (tokens < 1) throw awsError(service.errors.throttle);
  }
}
