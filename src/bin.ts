#!/usr/bin/env node
import { main } from './main.js';

// The SDK is part of this bundle: which Node its later versions will need is no concern of who runs this one.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
// No top-level await: with it the bundler keeps an extra file for every module that is loaded later. Failed until proven otherwise.
process.exitCode = 1;
void main(process.argv.slice(2), process.env).then((exitCode) => {
  process.exitCode = exitCode;
});
