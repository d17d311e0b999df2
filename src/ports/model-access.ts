/** Where the account stands with a model, in Bedrock's words. */
export interface ModelAvailability {
  /** The agreement with the model's provider. */
  readonly agreement: 'AVAILABLE' | 'PENDING' | 'NOT_AVAILABLE' | 'ERROR';
  readonly authorized: boolean;
  readonly entitled: boolean;
  readonly inRegion: boolean;
}

/** One line of the rate card under which AWS Marketplace sells a model. */
export interface Rate {
  /** What is counted, with region and reach in its name: `USW2_input_tokens_global_standard`. */
  readonly dimension: string;
  /** US dollars; for a million tokens where the unit is `Units`. */
  readonly price: string;
  readonly unit: string;
}

/** What a provider offers its model under. */
export interface AgreementOffer {
  readonly token: string;
  readonly rates: readonly Rate[];
  /** Where the terms can be read, or `null` where the offer does not say. */
  readonly terms: string | null;
}

/** Access to models for whoever only looks. Models go by the foundation model's own id, never an inference profile's. */
export interface ModelAccessReader {
  modelAvailability(modelId: string): Promise<ModelAvailability>;
  /** Whether Anthropic's use-case form was submitted for this account, or by its organisation for all. */
  hasUseCase(): Promise<boolean>;
  /** `null`: there is nothing to agree to, since the model is not sold through AWS Marketplace. */
  agreementOffers(modelId: string): Promise<readonly AgreementOffer[] | null>;
}

/** Access to models for whoever may obtain it. Each method is one call; errors are the SDK's own. */
export interface ModelAccessWriter extends ModelAccessReader {
  /** `form` is the JSON of Anthropic's form. */
  submitUseCase(form: string): Promise<void>;
  acceptAgreement(modelId: string, offerToken: string): Promise<void>;
}
