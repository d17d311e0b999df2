/** An inference profile of a region: what may be called there instead of a bare model. */
export interface InferenceProfile {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly active: boolean;
  readonly systemDefined: boolean;
  /** ARNs of the foundation models behind it, one for each destination region; an empty region means global. */
  readonly modelArns: readonly string[];
}

/** A foundation model as ListFoundationModels shows it. */
export interface FoundationModel {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly provider: string;
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly streaming: boolean;
  /** Whether the bare id may be invoked (`ON_DEMAND` among its inference types). */
  readonly onDemand: boolean;
  readonly lifecycle: 'ACTIVE' | 'LEGACY';
  /** ISO date after which the model is gone, where AWS says so. */
  readonly endOfLife: string | null;
}

/** Bedrock's control plane for whoever only looks. */
export interface BedrockReader {
  listFoundationModels(): Promise<readonly FoundationModel[]>;
  /** All pages, system-defined and application profiles. */
  listInferenceProfiles(): Promise<readonly InferenceProfile[]>;
}
