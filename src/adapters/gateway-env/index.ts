export { readAwsProfile } from './aws-profile.js';
export { textsOf } from './texts.js';
export { createGatewayEnvironmentReader } from './reader.js';
export type { Systemctl } from './systemctl.js';
export { makeSystemctl } from './systemctl.js';
