/** The tag whose instances are set up by AWS itself. */
export interface EnrollTag {
  readonly key: string;
  readonly value: string;
}

/** What is to be enrolled: the tag, and the script that an instance with it runs. */
export interface EnrollmentGoal extends EnrollTag {
  readonly script: string;
}

/** Name of the association for a tag; at most 128 letters, digits and `_-.` (Systems Manager API reference, CreateAssociation). */
export function enrollmentName({ key, value }: EnrollTag): string {
  const safe = `${key}-${value}`.replaceAll(/[^\w.-]/gu, '-');
  return `openclaw-bedrock-setup-${safe}`.slice(0, 128);
}

/** Whether a script is one that this tool writes, of whatever version. */
export function isOurScript(script: string): boolean {
  return script.includes('openclaw-bedrock-setup-report:');
}
