import type { Ids } from './ids.js';
import type { Principal } from './principal.js';
import type { MockReply } from './http/reply.js';
import type { MockRequest } from './http/request.js';
import type { AwsError } from './errors.js';
import type { ErrorText, MockSettings } from './settings.js';
import type { MockState } from './state.js';

/** What an operation works on. */
export interface Context {
  readonly state: MockState;
  readonly settings: MockSettings;
  readonly ids: Ids;
  readonly region: string;
  readonly principal: Principal;
  readonly requestId: string;
  now(): number;
}

/** How a service words what any service can answer. */
export interface ServiceErrors {
  readonly throttle: ErrorText;
  readonly internal: ErrorText;
  readonly unavailable: ErrorText;
  readonly expiredToken: ErrorText;
  readonly unknownKey: ErrorText;
  readonly missingCredentials: ErrorText;
  /** `times` are the request's and the server's, in AWS's compact ISO format. */
  readonly clockSkew: (times: { request: string; server: string }) => ErrorText;
  /** `reason` is AWS's tail, such as `because no identity-based policy allows the iam:CreateRole action`. */
  readonly denied: (denial: Denial) => ErrorText;
}

/** A call that authorisation refused. */
export interface Denial {
  readonly principalArn: string;
  readonly principalId: string;
  readonly action: string;
  readonly resource: string;
  readonly reason: string;
  readonly explicit: boolean;
}

/** A request that a service has recognised as one of its operations. */
export interface MatchedCall {
  readonly operation: string;
  readonly mutating: boolean;
  respond(context: Context): MockReply | Promise<MockReply>;
}

/** One AWS service: a folder of this one, listed in `services.ts`. */
export interface Service {
  readonly name: string;
  readonly errors: ServiceErrors;
  /** Instance metadata takes no signature. */
  readonly unsigned?: boolean;
  /** Bedrock takes API keys as bearer tokens. */
  readonly bearer?: boolean;
  /** Undefined when the request is another service's; throws AwsError when it is ours and cannot be read. */
  match(request: MockRequest): MatchedCall | undefined;
  refuse(error: AwsError, requestId: string): MockReply;
}
