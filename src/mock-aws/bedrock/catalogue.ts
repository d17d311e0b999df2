/** A foundation model, as far as the embedded Bedrock needs it. */
export interface FoundationModel {
  readonly modelId: string;
  readonly name: string;
  readonly provider: string;
  readonly input: readonly string[];
  readonly output: readonly string[];
  /** Regions where it is called by its bare id; elsewhere it takes an inference profile. */
  readonly onDemand: readonly string[];
  /** Prefixes of its inference profiles. */
  readonly geographies: readonly string[];
  /** When a LEGACY model ends, ISO 8601. */
  readonly endOfLife?: string;
}

const TEXT = ['TEXT'];
const VISION = ['TEXT', 'IMAGE'];

const amazon = { provider: 'Amazon', output: TEXT };
const anthropic = { provider: 'Anthropic', input: VISION, output: TEXT, onDemand: [] };

/** A handful of models that stand for the kinds there are; ids and prefixes are those of live accounts. */
export const MODELS: readonly FoundationModel[] = [
  {
    ...amazon,
    modelId: 'amazon.nova-micro-v1:0',
    name: 'Nova Micro',
    input: TEXT,
    onDemand: ['us-east-1', 'us-gov-west-1'],
    geographies: ['us', 'eu', 'apac'],
  },
  {
    ...amazon,
    modelId: 'amazon.nova-lite-v1:0',
    name: 'Nova Lite',
    input: [...VISION, 'VIDEO'],
    onDemand: ['us-east-1', 'us-gov-west-1'],
    geographies: ['us', 'eu', 'apac'],
  },
  {
    ...amazon,
    modelId: 'amazon.nova-pro-v1:0',
    name: 'Nova Pro',
    input: [...VISION, 'VIDEO'],
    onDemand: ['us-east-1', 'us-gov-west-1'],
    geographies: ['us', 'eu', 'apac'],
  },
  {
    modelId: 'amazon.titan-embed-text-v2:0',
    name: 'Titan Text Embeddings V2',
    provider: 'Amazon',
    input: TEXT,
    output: ['EMBEDDING'],
    onDemand: ['us-east-1', 'us-west-2', 'eu-central-1', 'us-gov-west-1'],
    geographies: [],
  },
  {
    ...anthropic,
    modelId: 'anthropic.claude-opus-4-6-v1',
    name: 'Claude Opus 4.6',
    geographies: ['us', 'eu', 'global'],
  },
  {
    ...anthropic,
    modelId: 'anthropic.claude-sonnet-4-6',
    name: 'Claude Sonnet 4.6',
    geographies: ['us', 'eu', 'jp', 'au', 'global'],
  },
  {
    ...anthropic,
    modelId: 'anthropic.claude-haiku-4-5-20251001-v1:0',
    name: 'Claude Haiku 4.5',
    geographies: ['us', 'eu', 'jp', 'au', 'global'],
  },
  {
    ...anthropic,
    modelId: 'anthropic.claude-sonnet-4-5-20250929-v1:0',
    name: 'Claude Sonnet 4.5',
    geographies: ['us', 'eu', 'jp', 'au', 'us-gov', 'global'],
  },
  {
    ...anthropic,
    modelId: 'anthropic.claude-3-5-sonnet-20240620-v1:0',
    name: 'Claude 3.5 Sonnet',
    onDemand: ['us-east-1', 'us-west-2', 'eu-central-1'],
    geographies: ['us', 'eu', 'apac'],
    endOfLife: '2026-12-31T00:00:00Z',
  },
  {
    modelId: 'meta.llama3-3-70b-instruct-v1:0',
    name: 'Llama 3.3 70B Instruct',
    provider: 'Meta',
    input: TEXT,
    output: TEXT,
    onDemand: ['us-east-2'],
    geographies: ['us'],
  },
  {
    modelId: 'openai.gpt-oss-20b-1:0',
    name: 'gpt-oss-20b',
    provider: 'OpenAI',
    input: TEXT,
    output: TEXT,
    onDemand: ['us-east-1', 'us-west-2', 'eu-central-1', 'ap-northeast-1'],
    geographies: [],
  },
];
