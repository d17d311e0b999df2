import { Readable, Transform } from 'node:stream';
import type { SetupError } from '../../core/errors.js';
import { failure } from '../../core/errors.js';

/** How much of one answer is read, and for how long. */
export interface AnswerBounds {
  readonly bytes: number;
  readonly milliseconds: number;
}

/** The largest answer that is asked for is a page of a thousand instances, about 5 MiB. */
const usualBounds: AnswerBounds = { bytes: 32 * 1024 * 1024, milliseconds: 60_000 };

function endless(what: string): SetupError {
  const error = failure(
    'ENDLESS_ANSWER',
    `an AWS answer does not end: ${what}`,
    'no answer of AWS that this tool asks for is that long',
    'if an endpoint override is set (AWS_ENDPOINT_URL) or a proxy stands in between, check what answers there',
  );
  // The SDK adds a hint for its own developers to the message of whatever goes wrong while it reads.
  Object.defineProperty(error, 'message', { writable: false });
  return error;
}

function bounded(body: Readable, { bytes, milliseconds }: AnswerBounds): Readable {
  let seen = 0;
  const limit = new Transform({
    transform(chunk: Buffer, _encoding, pass) {
      seen += chunk.length;
      if (seen <= bytes) pass(null, chunk);
      else pass(endless(`more than ${bytes / 1024 / 1024} MiB`));
    },
  });
  const timer = setTimeout(
    () => limit.destroy(endless(`still not whole after ${milliseconds / 1000} s`)),
    milliseconds,
  );
  limit.once('close', () => {
    clearTimeout(timer);
    body.destroy();
  });
  body.once('error', (error) => limit.destroy(error));
  body.once('aborted', () => limit.destroy(Object.assign(new Error('aborted'), { code: 'ECONNRESET' })));
  return body.pipe(limit);
}

/** The body of an answer, with an end: one that is too long or drips too slowly fails with ENDLESS_ANSWER. */
export function boundBody(body: unknown, bounds: AnswerBounds = usualBounds): unknown {
  return body instanceof Readable ? bounded(body, bounds) : body;
}
