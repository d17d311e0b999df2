import type { Denial } from '../service.js';
import { parseJson } from '../policy/document.js';
import { isRecord } from '../record.js';

/** Encodes a refusal as EC2 does, for DecodeAuthorizationMessage. The real one is encrypted; this is base64. */
export function encodeAuthorizationMessage(denial: Denial): string {
  const decoded = {
    allowed: false,
    explicitDeny: denial.explicit,
    matchedStatements: { items: [] },
    failures: { items: [] },
    context: {
      principal: { id: denial.principalId, arn: denial.principalArn },
      action: denial.action,
      resource: denial.resource,
      conditions: { items: [] },
    },
  };
  return Buffer.from(JSON.stringify(decoded)).toString('base64url');
}

/** The JSON inside a message that {@link encodeAuthorizationMessage} made; undefined for any other text. */
export function decodeAuthorizationMessage(message: string): string | undefined {
  const text = Buffer.from(message, 'base64url').toString();
  const decoded = parseJson(text);
  return isRecord(decoded) && 'explicitDeny' in decoded ? text : undefined;
}
