import type { ErrorText } from './settings.js';

/** A refusal that reaches the client in its protocol's error format. */
export class AwsError extends Error implements ErrorText {
  override readonly name = 'AwsError';
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** The same refusal from an {@link ErrorText}. */
export function awsError(text: ErrorText): AwsError {
  return new AwsError(text.code, text.message, text.status);
}
