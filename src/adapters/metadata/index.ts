export { createMetadataReader } from './reader.js';
export { readInstanceDocument } from './instance-document.js';
export { detectMachine } from './machine.js';
