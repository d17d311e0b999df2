import { type AwsError, awsError } from './errors.js';
import type { MockReply } from './http/reply.js';
import { header, type MockRequest } from './http/request.js';
import type { MatchedCall, Service } from './service.js';
import type { Fault, FaultKind, MockSettings } from './settings.js';

const HOUR = 3_600_000;
const FIVE_MINUTES = 300_000;

/** A call that a fault has struck. */
export interface Struck {
  readonly request: MockRequest;
  readonly service: Service;
  readonly call: MatchedCall;
  readonly settings: MockSettings;
}

/** The first fault that befalls a call in a region; counts it down. */
export function strike(
  faults: readonly Fault[],
  service: Service,
  call: MatchedCall,
  region: string,
): Fault | undefined {
  const fault = faults.find(
    (candidate) =>
      (candidate.region ?? region) === region &&
      (candidate.service ?? service.name) === service.name &&
      (candidate.operation ?? call.operation) === call.operation &&
      candidate.times !== 0,
  );
  if (fault?.times !== undefined) fault.times -= 1;
  return fault;
}

/** Throws the error of a fault that strikes before the operation does anything; the others strike afterwards. */
export function failBefore(fault: Fault, { request, service, call, settings }: Struck): void {
  const { kind } = fault;
  if (typeof kind === 'object') throw awsError(kind);
  if (kind === 'throttle') throw awsError(service.errors.throttle);
  if (kind === 'internal') throw awsError(service.errors.internal);
  if (kind === 'unavailable') throw awsError(service.errors.unavailable);
  if (kind === 'expired-token') throw awsError(service.errors.expiredToken);
  if (kind === 'access-denied') throw denied(service, call, settings);
  if (kind === 'clock-skew') checkClock(request, service, settings.now() + (fault.milliseconds ?? HOUR));
}

/** Whether the operation is to have no effect and no answer. */
export function isSilent(fault: Fault | undefined): boolean {
  return fault?.kind === 'timeout' || fault?.kind === 'drop-before';
}

/** The reply as the fault lets it through. */
export function spoil(reply: MockReply, fault: Fault, now: number): MockReply {
  const { kind } = fault;
  if (typeof kind === 'object') return reply;
  const spoiled: Partial<Record<FaultKind, () => MockReply>> = {
    timeout: () => ({ ...reply, delivery: { kind: 'never' } }),
    'drop-before': () => ({ ...reply, delivery: { kind: 'dropped' } }),
    'drop-after': () => ({ ...reply, delivery: { kind: 'dropped' } }),
    'malformed-body': () => ({ ...reply, body: Buffer.from(reply.body).subarray(0, reply.body.length / 2) }),
    'slow-body': () => ({
      ...reply,
      delivery: { kind: 'slow', pauseMilliseconds: fault.milliseconds ?? 1000 },
    }),
    'clock-skew': () => dated(reply, now + (fault.milliseconds ?? HOUR)),
  };
  return spoiled[kind]?.() ?? reply;
}

function denied(service: Service, call: MatchedCall, { operator }: MockSettings): AwsError {
  const action = `${service.name === 'bedrock-runtime' ? 'bedrock' : service.name}:${call.operation}`;
  return awsError(
    service.errors.denied({
      principalArn: operator.arn,
      principalId: operator.userId,
      action,
      resource: '*',
      reason: `because no identity-based policy allows the ${action} action`,
      explicit: false,
    }),
  );
}

function checkClock(request: MockRequest, service: Service, serverTime: number): void {
  const signed = header(request, 'x-amz-date') ?? '';
  const parsed = Date.parse(
    signed.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'),
  );
  if (Math.abs(parsed - serverTime) <= FIVE_MINUTES) return;
  throw awsError(service.errors.clockSkew({ request: signed, server: compactTime(serverTime) }));
}

function compactTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
}

function dated(reply: MockReply, time: number): MockReply {
  return { ...reply, headers: { ...reply.headers, date: new Date(time).toUTCString() } };
}
