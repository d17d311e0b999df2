/** Who makes a call. */
export interface Principal {
  readonly kind: 'operator' | 'instance-role' | 'api-key' | 'anonymous';
  readonly arn: string;
  readonly userId: string;
  /** The role behind an `instance-role`. */
  readonly roleName?: string;
}

/** The caller of an unsigned service. */
export const ANONYMOUS: Principal = { kind: 'anonymous', arn: '', userId: '' };
