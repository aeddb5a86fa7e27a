/** A venue's object under the venue's keys. */
export type Words = Readonly<Record<string, unknown>>;

/** An object for the stream, by its type. */
export interface Notice {
  readonly type: string;
  readonly data: Words;
}
