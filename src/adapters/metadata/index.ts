export { createMetadataReader } from './reader.js';
export { readInstanceDocument } from './instance-document.js';
export { detectMachine, runsContainers } from './machine.js';
