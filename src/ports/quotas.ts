/** A quota of the account in one region. */
export interface Quota {
  /** As Service Quotas names it, e.g. `Model invocation max tokens per day for Amazon Nova Micro`. */
  readonly name: string;
  readonly value: number;
}

/** Service Quotas for whoever only looks. */
export interface QuotaReader {
  /** Bedrock's, all pages. */
  bedrockQuotas(): Promise<readonly Quota[]>;
}
