import type { CatalogueEntry } from './entry.js';

/** Failures of OpenClaw itself, its plug-in and its agent. */
export const openClawFailures: readonly CatalogueEntry[] = [
  {
    code: 'UNKNOWN_MODEL',
    matchers: [{ text: 'Unknown model: {unknownModel}' }],
    cause:
      'OpenClaw does not list {unknownModel}: its discovery is off or looks in another region, or the model is of another name there',
    who: 'you',
    fix: 'run setup for the discovery settings, then see what it lists: openclaw models list --all --provider amazon-bedrock',
  },
  {
    code: 'NO_PROVIDER',
    matchers: [
      { text: 'No API provider registered for api: bedrock-converse-stream' },
      { text: '[bedrock-discovery] Failed to discover Bedrock models' },
      { text: 'plugin not installed: amazon-bedrock' },
    ],
    cause:
      'the Bedrock plug-in of OpenClaw is not installed, does not fit its version, or lacks its dependencies',
    who: 'you',
    fix: 'install the one of the same version: openclaw plugins install @openclaw/amazon-bedrock-provider, then restart the gateway',
  },
  {
    code: 'PLUGIN_BLOCKED',
    matchers: [],
    cause: "OpenClaw's own config keeps it from loading the Bedrock plug-in",
    who: 'you',
    fix: 'where the plug-in is not in plugins.allow, run setup, which adds it; take back plugins.enabled or plugins.deny yourself',
  },
  {
    code: 'OPENCLAW_SLOW',
    matchers: [],
    cause: 'OpenClaw was still starting when the time was up; that says nothing about Bedrock',
    who: 'wait',
    fix: 'ask OpenClaw yourself when the machine is less busy: {command}; or give it longer with --timeout',
  },
  {
    code: 'AGENT_NO_ANSWER',
    matchers: [],
    cause: "OpenClaw's agent got no answer, although the model answers to the role",
    who: 'you',
    fix: 'ask it yourself and read what it says: {command}; a plug-in of another version than OpenClaw is a usual reason',
  },
  {
    code: 'NO_MODELS_LISTED',
    matchers: [],
    cause: 'OpenClaw runs but lists no Bedrock model: {seen}',
    who: 'you',
    fix: 'run setup for the discovery settings and the environment of the gateway, restart the gateway, and ask again: {command}',
  },
  {
    code: 'NO_MODEL_CONFIGURED',
    matchers: [],
    cause:
      'OpenClaw asks Bedrock for its models only once one of them is configured (or its gateway runs), so this says nothing about the set-up',
    who: 'you',
    fix: 'choose one: {cloudCommand} --model nova, then run verify again',
  },
  {
    code: 'OPENCLAW_NOT_INSTALLED',
    matchers: [],
    cause: 'there is no openclaw on the path of this user',
    who: 'you',
    fix: 'install it with "npm install -g openclaw@latest" (it needs Node.js 24.16 or newer), then run setup again: what is done already stays as it is',
  },
];
