/** What becomes of a reply on its way: sent whole, in pieces with pauses, never, or cut off with the connection. */
export type Delivery =
  | { readonly kind: 'whole' }
  | { readonly kind: 'slow'; readonly pauseMilliseconds: number }
  | { readonly kind: 'never' }
  | { readonly kind: 'dropped' };

/** A reply before it goes onto the wire. */
export interface MockReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
  readonly delivery?: Delivery;
}

/** A reply of plain text, as instance metadata gives. */
export function textReply(status: number, body: string): MockReply {
  return { status, headers: { 'content-type': 'text/plain' }, body };
}

/** A reply of the REST JSON protocol. */
export function jsonReply(status: number, body: unknown, headers: Record<string, string> = {}): MockReply {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}
