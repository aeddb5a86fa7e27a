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
  /** The last reason there was. */
  readonly reason: R;
  /** When it was noticed, in ms. */
  readonly since: number;
}

/**
 * Whether what is known can be trusted: `syncing`, then `live` and `stale` in turns; `syncing` never again. `K` is what is
 * known, and stays while it is stale; `R` are the reasons for that.
 */
export type Trust<K, R extends string> = Syncing | (K & Live) | (K & Stale<R>);

/** What all trust begins with. */
export const syncing: Syncing = { status: 'syncing' };

/** What is known is right from now on. */
export const trusted = <K extends object>(known: K): K & Live => ({ ...known, status: 'live' });

/**
 * What is known stops being right. The reason is the last one there was, the moment the first: since then it was not
 * right. Unchanged where nothing is known, or no other reason is there.
 */
export function invalidated<K extends object, R extends string>(
  trust: Trust<K, R>,
  reason: R,
  at: number,
): Trust<K, R> {
  if (trust.status === 'syncing' || (trust.status === 'stale' && trust.reason === reason)) return trust;
  return { ...trust, status: 'stale', reason, since: trust.status === 'live' ? at : trust.since };
}
