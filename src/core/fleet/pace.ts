import type { Clock } from '../../ports/clock.js';
import { hasCode } from '../failure/aws-error.js';

/** A token bucket: `burst` calls at once, then `perSecond`. */
export interface PaceLimits {
  readonly burst: number;
  readonly perSecond: number;
}

/** The slowest that a pace gets, in calls a second. */
const slowest = 0.5;

/** Milliseconds after a refusal in which further ones do not slow it again: they were sent at the same rate. */
const settling = 2000;

/** Milliseconds for which one call is tried again while it is throttled. */
const patience = 600_000;

function isThrottled(error: unknown): boolean {
  return hasCode(error, 'RequestLimitExceeded', 'Throttling', 'EC2Throttled');
}

/**
 * Sends calls as fast as a token bucket of AWS lets them through. Others draw on the same bucket: where AWS throttles all
 * the same, the rate is cut by 30 %, what was saved up is given up, and with each call that passes the rate comes back a little.
 */
export class Pace {
  readonly #limits: PaceLimits;
  readonly #clock: Clock;
  #tokens: number;
  #rate: number;
  #at: number;
  #slowedAt = Number.NEGATIVE_INFINITY;

  constructor(limits: PaceLimits, clock: Clock) {
    this.#limits = limits;
    this.#clock = clock;
    this.#tokens = limits.burst;
    this.#rate = limits.perSecond;
    this.#at = clock.now();
  }

  /** Calls a second at the moment. */
  get rate(): number {
    return this.#rate;
  }

  /** Makes a call when its turn has come, again where it is throttled. Throws what it throws otherwise, or at last. */
  async send<Value>(call: () => Promise<Value>): Promise<Value> {
    const until = this.#clock.now() + patience;
    for (;;) {
      await this.#turn();
      try {
        const value = await call();
        this.#rate = Math.min(this.#limits.perSecond, this.#rate * 1.02);
        return value;
      } catch (error) {
        if (!isThrottled(error) || this.#clock.now() > until) throw error;
        this.#slow();
      }
    }
  }

  /** Takes a token, going into debt, and waits until that is paid: so that turns come in the order in which they were asked for. */
  async #turn(): Promise<void> {
    this.#refill();
    this.#tokens -= 1;
    const wait = (-this.#tokens / this.#rate) * 1000;
    if (wait > 0) await this.#clock.sleep(wait);
  }

  #refill(): void {
    const now = this.#clock.now();
    this.#tokens = Math.min(this.#limits.burst, this.#tokens + ((now - this.#at) / 1000) * this.#rate);
    this.#at = now;
  }

  #slow(): void {
    const now = this.#clock.now();
    if (now - this.#slowedAt < settling) return;
    this.#refill();
    this.#slowedAt = now;
    this.#tokens = Math.min(this.#tokens, 0);
    this.#rate = Math.max(slowest, this.#rate * 0.7);
  }
}
