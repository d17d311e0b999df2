import type { CatalogueEntry } from './entry.js';

const unreachable = [
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
  'ERR_HTTP2_STREAM_CANCEL',
];

/** The clock stands first: what AWS says about it looks like wrong keys. */
export const clockFailures: readonly CatalogueEntry[] = [
  {
    code: 'CLOCK_SKEW',
    matchers: [
      { names: ['RequestTimeTooSkewed'] },
      { text: 'Signature expired: …' },
      { text: 'Signature not yet current: …' },
    ],
    cause: 'the clock of this machine differs from that of AWS by more than five minutes',
    who: 'you',
    fix: 'set the clock, e.g. sudo timedatectl set-ntp true, then run the same command',
  },
];

/** No answer, too many questions, trouble on AWS's side: told by error names, so they stand behind the texts. */
export const networkFailures: readonly CatalogueEntry[] = [
  {
    code: 'NO_ROUTE',
    matchers: [
      { names: unreachable, place: 'gateway' },
      { names: unreachable, text: 'bedrock' },
    ],
    cause:
      'nothing answers for {service} in {region}: a region without Bedrock, or a private subnet without NAT or VPC endpoints',
    who: 'you',
    fix: 'check that {region} has Bedrock; in a private subnet add a NAT gateway or two VPC endpoints, both are needed: com.amazonaws.{region}.bedrock and com.amazonaws.{region}.bedrock-runtime; this check does not go through HTTPS_PROXY',
  },
  {
    code: 'NO_ROUTE',
    matchers: [{ names: unreachable }],
    cause:
      'AWS does not answer: no network, a firewall in between, or a region whose host name cannot be resolved',
    who: 'you',
    fix: 'check the network and --region {region}, then run the same command; nothing is made twice. HTTPS_PROXY is used with Node.js 22.21 or later',
  },
  {
    code: 'PROXY',
    matchers: [{ names: ['ERR_PROXY_TUNNEL', 'ERR_PROXY_INVALID_CONFIG'] }],
    cause: 'the proxy that HTTPS_PROXY names does not let the connection through',
    who: 'admin',
    fix: 'check HTTPS_PROXY, with user and password where the proxy asks for them; hosts that are reached without it belong into NO_PROXY',
  },
  {
    code: 'TLS',
    matchers: [
      {
        names: [
          'SELF_SIGNED_CERT_IN_CHAIN',
          'DEPTH_ZERO_SELF_SIGNED_CERT',
          'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
          'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
          'CERT_HAS_EXPIRED',
        ],
      },
      { text: 'self-signed certificate' },
      { text: 'unable to verify the first certificate' },
      { text: 'unable to get local issuer certificate' },
    ],
    cause:
      'the certificate of the other side is not trusted here; a proxy that opens TLS is the usual reason',
    who: 'admin',
    fix: 'give Node.js the certificate of that proxy: export NODE_EXTRA_CA_CERTS=/path/to/ca.pem',
  },
  {
    code: 'THROTTLED',
    matchers: [
      {
        names: ['Throttling', 'Throttled', 'RequestLimitExceeded', 'TooManyRequests', 'RequestThrottled'],
      },
      { text: 'Too many tokens, please wait before trying again' },
      { text: 'Too many requests, please wait before trying again' },
      { text: 'Rate exceeded' },
    ],
    cause: 'AWS limits how often {service} may be called; it was asked again several times and still says no',
    who: 'wait',
    fix: 'wait a minute and run the same command; nothing is made twice',
    waitSeconds: 60,
  },
  {
    code: 'AWS_TROUBLE',
    matchers: [
      {
        names: [
          'InternalServer',
          'InternalServerError',
          'InternalFailure',
          'InternalError',
          'ServiceFailure',
          'ServiceUnavailable',
          'Unavailable',
        ],
      },
      { statuses: [500, 502, 503, 504], names: ['UnknownError', '500', '502', '503', '504'] },
    ],
    cause: '{service} has trouble of its own; it was asked again several times',
    who: 'wait',
    fix: 'run the same command again in a few minutes; what AWS says about itself: https://health.aws.amazon.com/health/status',
    waitSeconds: 120,
  },
  {
    code: 'BAD_ANSWER',
    matchers: [{ text: '…Deserialization error: to see the raw response…' }],
    cause: 'the answer of {service} was cut off on the way, or was not the answer of AWS at all',
    who: 'you',
    fix: 'run the same command again, nothing is made twice; if it stays like this, check what stands in between: a proxy, or an endpoint override such as AWS_ENDPOINT_URL',
  },
  {
    code: 'NO_REGION',
    matchers: [{ text: 'Region is missing' }],
    cause: 'no region is set anywhere',
    who: 'you',
    fix: 'name it with --region, e.g. --region us-east-1',
  },
];
