/** What a venue has beyond books and prices, as a plain table: an account, for instance. */
export interface TableView {
  /** `live`, or why it can't be trusted: `stale: closed`. */
  readonly status: string;
  /** The whole in one line, for an output that is no terminal. */
  readonly summary: string;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly string[])[];
  /** The same for programs, under the names that `watch --help` promises. */
  readonly json: Readonly<Record<string, unknown>>;
}

export interface TableColumn {
  readonly name: string;
  /** Numbers stand at the right end. */
  readonly right?: boolean;
}
