import { setTimeout as pause } from 'node:timers/promises';
import { authenticate, credentialScope } from './authentication.js';
import type { RecordedCall } from './calls.js';
import { AwsError } from './errors.js';
import { failBefore, isSilent, spoil, strike } from './faults.js';
import { jsonReply, type MockReply } from './http/reply.js';
import type { MockRequest } from './http/request.js';
import type { Ids } from './ids.js';
import { ANONYMOUS, type Principal } from './principal.js';
import type { Context, MatchedCall, Service } from './service.js';
import { SERVICES } from './services.js';
import type { Fault, MockSettings } from './settings.js';
import type { MockState } from './state.js';
import type { TokenBuckets } from './token-buckets.js';

/** What the whole server shares. */
export interface Shared {
  readonly state: MockState;
  readonly settings: MockSettings;
  readonly calls: RecordedCall[];
  readonly ids: Ids;
  readonly buckets: TokenBuckets;
}

/** Answers one request: finds its service, waits, fails as set, authenticates, runs the operation, records the call. */
export async function dispatch(request: MockRequest, shared: Shared): Promise<MockReply> {
  const found = findService(request);
  if (found === undefined) {
    const headers = { 'x-amzn-errortype': 'UnknownOperationException' };
    return jsonReply(404, { message: `the embedded AWS has no ${request.method} ${request.path}` }, headers);
  }
  const { service, call } = found;
  const { settings, calls, ids } = shared;
  if (settings.latencyMilliseconds > 0) await pause(settings.latencyMilliseconds);
  const at = settings.now();
  const requestId = ids.request();
  const region = credentialScope(request)?.region ?? '';
  const fault = strike(settings.faults, service, call, region);
  const caller: { principal: Principal } = { principal: ANONYMOUS };
  const answered = await perform({ request, service, call, fault, requestId, caller }, shared);
  const reply = fault === undefined ? answered : spoil(answered, fault, settings.now());
  const delivered = reply.delivery?.kind !== 'never' && reply.delivery?.kind !== 'dropped';
  calls.push({
    service: service.name,
    operation: call.operation,
    mutating: call.mutating,
    at,
    status: delivered ? reply.status : 0,
    principal: caller.principal.arn,
    region,
  });
  return reply;
}

interface Performance {
  readonly request: MockRequest;
  readonly service: Service;
  readonly call: MatchedCall;
  readonly fault: Fault | undefined;
  readonly requestId: string;
  readonly caller: { principal: Principal };
}

function findService(request: MockRequest): { service: Service; call: MatchedCall } | undefined {
  for (const service of SERVICES) {
    const call = service.match(request);
    if (call !== undefined) return { service, call };
  }
  return undefined;
}

async function perform(performance: Performance, shared: Shared): Promise<MockReply> {
  const { request, service, call, fault, requestId, caller } = performance;
  const { state, settings, ids, buckets } = shared;
  try {
    if (fault !== undefined) failBefore(fault, { request, service, call, settings });
    if (isSilent(fault)) return jsonReply(500, {});
    if (service.unsigned !== true) caller.principal = authenticate(request, service, state, settings);
    const region = credentialScope(request)?.region ?? settings.regions[0] ?? 'us-east-1';
    buckets.take({ service, call, region }, settings.ec2TokenBuckets, settings.now());
    const { principal } = caller;
    const context: Context = {
      state,
      settings,
      ids,
      region,
      principal,
      requestId,
      now: () => settings.now(),
    };
    return await call.respond(context);
  } catch (error) {
    return service.refuse(error instanceof AwsError ? error : unexpected(service, error), requestId);
  }
}

// A mistake in the embedded AWS itself: told to the client, so that it shows where it was caused.
function unexpected(service: Service, error: unknown): AwsError {
  const { code, status } = service.errors.internal;
  return new AwsError(
    code,
    `embedded AWS: ${error instanceof Error ? error.message : String(error)}`,
    status,
  );
}
