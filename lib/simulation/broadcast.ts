/** What one stream has to say. Shared by all connections that hear it, so that all hear the same frames. */
export interface Broadcast {
  readonly stream: string;
  /** Time between two frames, in ms; 0 is as it happens. */
  readonly every: number;
  /** Whether its frames are depth diffs. */
  readonly diff: boolean;
  /** The payloads that have come together since it was last asked, as JSON. A quiet market has none. */
  collect(now: number): readonly string[];
  /** The same diff with a bid above the best ask. */
  cross?(payload: string): string | undefined;
}
