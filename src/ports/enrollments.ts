import type { Tags } from './iam.js';

/** What every instance with a tag runs once, as soon as it is managed. */
export interface EnrollmentInput {
  /** Name of the association. */
  readonly name: string;
  readonly tag: string;
  readonly value: string;
  readonly script: string;
}

/** An association of State Manager as it is found; `tag` and `value` are empty where its targets are none of ours. */
export interface Enrollment extends EnrollmentInput {
  readonly id: string;
  /** Name of the document that it runs. */
  readonly document: string;
}

/** State Manager for whoever only looks at enrollments. */
export interface EnrollmentReader {
  findEnrollment(name: string): Promise<Enrollment | null>;
}

/** State Manager for whoever makes and removes them. */
export interface EnrollmentWriter extends EnrollmentReader {
  /** Makes it once, also where an answer is lost. */
  createEnrollment(input: EnrollmentInput, tags: Tags): Promise<void>;
  /** Replaces the script of the association with this id. */
  updateEnrollment(id: string, input: EnrollmentInput): Promise<void>;
  deleteEnrollment(id: string): Promise<void>;
}
