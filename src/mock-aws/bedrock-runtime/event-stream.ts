import { EventStreamCodec } from '@smithy/eventstream-codec';

const codec = new EventStreamCodec(
  (bytes) => Buffer.from(bytes).toString('utf8'),
  (text) => Buffer.from(text, 'utf8'),
);

/** One event in Amazon's binary framing (https://smithy.io/2.0/aws/amazon-eventstream.html). */
export function encodeEvent(type: string, payload: object): Uint8Array {
  return encode({ ':event-type': type, ':message-type': 'event' }, payload);
}

/** A modelled exception inside a stream, its name in the member's spelling, such as `throttlingException`. */
export function encodeException(type: string, message: string): Uint8Array {
  return encode({ ':exception-type': type, ':message-type': 'exception' }, { message });
}

function encode(headers: Record<string, string>, payload: object): Uint8Array {
  const texts = { ...headers, ':content-type': 'application/json' };
  return codec.encode({
    headers: Object.fromEntries(
      Object.entries(texts).map(([name, value]) => [name, { type: 'string', value }]),
    ),
    body: Buffer.from(JSON.stringify(payload)),
  });
}
