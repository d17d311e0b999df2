/** One answer of the instance metadata service, or why there was none. */
export type MetadataAnswer =
  | { readonly kind: 'answer'; readonly status: number; readonly body: string }
  | {
      readonly kind: 'refused' | 'timeout' | 'unreachable';
      readonly reason: string;
      /** Somebody took the connection and then said nothing. */
      readonly connected?: boolean;
    };

/** The instance metadata service over raw HTTP, version 2. */
export interface MetadataReader {
  /** The endpoint in use, e.g. `http://169.254.169.254`. */
  readonly endpoint: string;
  /** PUT /latest/api/token. */
  token(): Promise<MetadataAnswer>;
  /** GET of a path below /latest/, with the token. */
  get(path: string, token: string): Promise<MetadataAnswer>;
}
