/** What is put to the IAM policy simulator: every action on every resource, with one set of condition keys. */
export interface SimulationRequest {
  /** ARN of a user, group or role of IAM; the simulator takes no session and no root. */
  readonly principalArn: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly context: Readonly<Record<string, string>>;
}

/** The simulator's decision about one action on one resource. */
export interface SimulatedRight {
  readonly action: string;
  readonly resource: string;
  readonly decision: 'allowed' | 'explicitDeny' | 'implicitDeny';
  /** Condition keys that a policy asks for and that were not given: the decision may be wrong. */
  readonly missingKeys: readonly string[];
  /** Whether the service control policies allow it; `null` where the simulator does not say. */
  readonly byOrganization: boolean | null;
  /** Whether the permissions boundary allows it; `null` where there is none. */
  readonly byBoundary: boolean | null;
  /** Names of the policies of which a statement matched. */
  readonly policies: readonly string[];
}

/** Asks IAM what a principal may do, without doing it. */
export interface RightsReader {
  /** One call. Errors are the SDK's own. */
  simulatePrincipalPolicy(request: SimulationRequest): Promise<readonly SimulatedRight[]>;
}
