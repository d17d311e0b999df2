/** An Amazon Resource Name taken apart; region and account may be empty. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** Everything after the account, e.g. `role/path/name`. */
  readonly resource: string;
}

/** Takes an ARN apart; `null` when it is none. */
export function parseArn(text: string): Arn | null {
  const match = /^arn:([^:]+):([^:]+):([^:]*):([^:]*):(.+)$/u.exec(text);
  if (match === null) return null;
  const [, partition = '', service = '', region = '', account = '', resource = ''] = match;
  return { partition, service, region, account, resource };
}

/** The last part of an ARN's resource: `name` of `role/path/name`. The text itself when it is no ARN. */
export function arnName(arn: string): string {
  const resource = parseArn(arn)?.resource ?? arn;
  return resource.slice(resource.lastIndexOf('/') + 1);
}
