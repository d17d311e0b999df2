/** Who the caller is to AWS: STS GetCallerIdentity, taken apart. */
export interface Identity {
  /** Twelve digits. */
  readonly account: string;
  /** `aws`, `aws-us-gov`, … from the ARN itself. */
  readonly partition: string;
  readonly arn: string;
}

/** Asks STS who the caller is. */
export interface IdentityReader {
  getCallerIdentity(): Promise<Identity>;
}
