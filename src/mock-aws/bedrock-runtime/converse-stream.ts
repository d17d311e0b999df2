import type { MockReply } from '../http/reply.js';
import type { ModelFault } from '../settings.js';
import type { Answer } from './answer.js';
import { encodeEvent, encodeException } from './event-stream.js';

/** An answer as the events of ConverseStream, a delta for each word. */
export function streamReply(answer: Answer): MockReply {
  const deltas = answer.text
    .split(/(?<= )/)
    .map((text) => encodeEvent('contentBlockDelta', { contentBlockIndex: 0, delta: { text } }));
  return eventStream([
    encodeEvent('messageStart', { role: 'assistant' }),
    ...deltas,
    encodeEvent('contentBlockStop', { contentBlockIndex: 0 }),
    encodeEvent('messageStop', { stopReason: answer.stopReason }),
    encodeEvent('metadata', { usage: answer.usage, metrics: { latencyMs: 1 } }),
  ]);
}

/** A stream that begins, then fails. */
export function brokenStreamReply(fault: ModelFault): MockReply {
  const member = fault.name.charAt(0).toLowerCase() + fault.name.slice(1);
  return eventStream([
    encodeEvent('messageStart', { role: 'assistant' }),
    encodeException(member, fault.message),
  ]);
}

function eventStream(frames: readonly Uint8Array[]): MockReply {
  return {
    status: 200,
    headers: { 'content-type': 'application/vnd.amazon.eventstream' },
    body: Buffer.concat(frames),
  };
}
