/** An association of Systems Manager's State Manager, which runs a document on its targets again and again. */
export interface StateAssociation {
  readonly id: string;
  /** Name of the document, e.g. `AWS-AttachIAMToInstance`. */
  readonly document: string;
  /** The name that was given to the association, or `null`. */
  readonly name: string | null;
  /** Instance ids that it names; `*` for all, empty where its targets are tags or groups. */
  readonly instanceIds: readonly string[];
}

/** State Manager for whoever only looks. */
export interface StateManagerReader {
  /** All pages. */
  listAssociations(): Promise<readonly StateAssociation[]>;
}
