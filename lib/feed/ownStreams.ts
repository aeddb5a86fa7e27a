import type { Observable } from 'rxjs';
import type { AccountEvent } from '../model/accountEvent.js';
import type { Trust } from '../model/trust.js';

/**
 * How a stream tells that is a venue's own.
 *
 * - `values`: each stands alone.
 * - `latest`: each is a state; late observers get the latest.
 * - `states`: a `value` and whether it can be trusted, as an `AccountState`.
 * - `events`: an `AccountEvent`, from reset to snapshot.
 */
export type OwnStreamKind = 'values' | 'latest' | 'states' | 'events';

/** The kinds of a venue's own streams, by its methods. */
type Kinds = Readonly<Record<string, OwnStreamKind>>;

/**
 * The streams of an exchange that tell more than the library's words, for whoever passes them on to other processes. Those of
 * accounts stand by themselves, since they are not everybody's.
 */
export interface OwnStreams {
  readonly market?: Kinds | undefined;
  readonly account?: Kinds | undefined;
}

/** None of them. */
export interface NoOwnStreams extends OwnStreams {
  readonly market?: undefined;
  readonly account?: undefined;
}

type KindOf<V> = [V] extends [Trust<{ readonly value: unknown }, string>]
  ? 'states'
  : [V] extends [AccountEvent<unknown, unknown>]
    ? 'events'
    : 'values' | 'latest';

type KindsOf<E> = {
  readonly [K in keyof E]?: E[K] extends (...args: never) => Observable<infer V> ? KindOf<V> : never;
};

/** The same of one exchange: methods that it has, and kinds that fit them. What a venue's table is held to. */
export interface OwnStreamsOf<E> {
  readonly market?: KindsOf<E>;
  readonly account?: KindsOf<E>;
}
