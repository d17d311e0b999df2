import { DecodeAuthorizationMessageCommand } from '@aws-sdk/client-sts';
import type { STSClient } from '@aws-sdk/client-sts';
import type { WithMiddleware } from './middleware.js';

const encoded = /encoded authorization failure message:\s*(?<text>\S+)/iu;

interface Refusal {
  readonly explicitDeny?: unknown;
  readonly context?: {
    readonly principal?: { readonly arn?: unknown };
    readonly action?: unknown;
    readonly resource?: unknown;
  };
}

/**
 * The sentence with which other services refuse, out of a decoded message (STS API reference, DecodeAuthorizationMessage:
 * whether it was an explicit deny, the principal, action and resource); `null` where something of it is missing.
 */
function refusalSentence(decoded: string): string | null {
  const { explicitDeny, context } = JSON.parse(decoded) as Refusal;
  const { action, resource, principal } = context ?? {};
  if (typeof action !== 'string' || typeof resource !== 'string') return null;
  const who = typeof principal?.arn === 'string' ? `User: ${principal.arn}` : 'The caller';
  const why =
    explicitDeny === true ? 'with an explicit deny' : `because no policy allows the ${action} action`;
  return `${who} is not authorized to perform: ${action} on resource: ${resource} ${why}`;
}

/** Puts the plain words before the encoded ones. Where STS does not decode them, for want of rights, they stay as they are. */
async function explainRefusal(error: Error, sts: STSClient): Promise<void> {
  const text = encoded.exec(error.message)?.groups?.['text'];
  if (text === undefined || /is not authorized to perform:/iu.test(error.message)) return;
  try {
    const command = new DecodeAuthorizationMessageCommand({ EncodedMessage: text });
    const { DecodedMessage: decoded } = await sts.send(command);
    const sentence = decoded === undefined ? null : refusalSentence(decoded);
    if (sentence !== null) error.message = error.message.replace(encoded, `${sentence}. $&`);
  } catch {
    // Decoding takes a right of its own; without it the error is what it was.
  }
}

/** Lets a client of EC2 say in plain words what it was refused, with sts:DecodeAuthorizationMessage where that is allowed. */
export function decodeRefusals<Input extends object, Output extends object>(
  client: WithMiddleware<Input, Output>,
  sts: () => STSClient,
): void {
  client.middlewareStack.add(
    (next) => async (request) => {
      try {
        return await next(request);
      } catch (error) {
        if (error instanceof Error && error.name === 'UnauthorizedOperation')
          await explainRefusal(error, sts());
        throw error;
      }
    },
    { step: 'initialize', name: 'decodeRefusals', priority: 'high', override: true },
  );
}
