#!/usr/bin/env node
import { main } from './main.js';

// The SDK is part of this bundle: which Node its later versions will need is no concern of who runs this one.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

async function start(): Promise<void> {
  process.exitCode = await main(process.argv.slice(2), process.env);
  if (process.getActiveResourcesInfo().length === 0) return;
  // A program or a service that was asked for credentials may be silent for ever; a session that is being renewed has this long.
  setTimeout(() => process.exit(), 2000).unref();
}

// Failed until proven otherwise. Nothing is awaited at the top: it would keep the bundler from joining files.
process.exitCode = 1;
void start();
