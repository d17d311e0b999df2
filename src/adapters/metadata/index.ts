export { createMetadataReader } from './reader.js';
export { rememberToken } from './remembered-token.js';
export { readInstanceDocument } from './instance-document.js';
export { detectMachine, runsContainers } from './machine.js';
