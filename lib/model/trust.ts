/** Nothing is known yet. */
export interface Syncing {
  readonly status: 'syncing';
}
/** What is known equals what the venue has. */
export interface Live {
  readonly status: 'live';
}
/** What is known was right once; something since then is missing. */
export interface Stale<R extends string> {
  readonly status: 'stale';
  readonly reason: R;
  /** When it was noticed, in ms. */
  readonly since: number;
}

/**
 * Whether what is known can be trusted: `syncing`, then `live` and `stale` in turns; `syncing` never again. `K` is what is
 * known, and stays while it is stale; `R` are the reasons for that.
 */
export type Trust<K, R extends string> = Syncing | (K & Live) | (K & Stale<R>);
