/** What an injected fault may be told; every field has a default. */
export interface FaultDetails {
  /**
   * How long it lasts, in ms: everything that it fits is hit until then. Default: it waits up to 10 s for one hit.
   *
   * `closeCleanly`, `terminate`, `burst`, `numbersAnew`, `numbersAhead` and `newListing` happen at one moment and don't last. `silent` and `halfOpen` strike the
   * connections open at that moment. A `silent` that lasts covers those opened meanwhile too, and ends for all;
   * without, it never ends for the connection. A connection once `halfOpen` stays so; one that lasts also strikes
   * those opened meanwhile.
   */
  readonly for?: number;
  /** How many hits at most (frames, requests, connections; steps of a `burst`: 100). */
  readonly count?: number;
  /**
   * Hits only what has this in its name, in any case: part of a stream's name, of a symbol, of a connection's URL.
   * Default: anything; of the frames, `drop`, `duplicate` and `reorder` by default hit depth diffs only.
   */
  readonly target?: string;
  /**
   * HTTP status of `refuseConnections` (default 503), `failingSnapshot` (default 500; 429 asks to wait 1 s), `signInFails`
   * (default 500) and `upgradeRefused` (default 401).
   */
  readonly status?: number;
  /** Close code of `acceptAndClose` and `closeCleanly`. Default: 1000. */
  readonly code?: number;
  /**
   * In ms: how late a `slowSnapshot` or a `configLate` is (default 3,000), how old a `staleSnapshot` is (default 5,000), for
   * how long snapshots know nothing of a `newListing` (default 2,000).
   */
  readonly delay?: number;
}
