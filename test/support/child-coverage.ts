import { join } from 'node:path';

// Node passes this on to every program that is started, whatever environment that gets, and each writes down what it ran.
process.env['NODE_V8_COVERAGE'] = join(import.meta.dirname, '../../coverage/children');
