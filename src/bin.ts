#!/usr/bin/env node
import { main } from './main.js';

// The SDK is part of this bundle: which Node its later versions will need is no concern of who runs this one.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
process.exitCode = await main(process.argv.slice(2));
