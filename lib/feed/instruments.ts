import {
  type Observable,
  ReplaySubject,
  catchError,
  defer,
  finalize,
  map,
  of,
  share,
  switchMap,
  takeUntil,
  tap,
} from 'rxjs';
import { checkText } from '../errors/optionRules.js';
import { RequestFailedError } from '../errors/requestFailedError.js';
import { SubscriptionRefusedError } from '../errors/subscriptionRefusedError.js';
import type { Instrument } from '../model/instrument.js';
import { closedOf } from './closedOf.js';
import type { Exchange } from './exchange.js';
import { matchInstrument } from './matchInstrument.js';
import { patiently } from './patiently.js';
import type { VenueBase } from './venueBase.js';

/** How long a list is good for, in ms. */
const LIFETIME = 3_600_000;

/** What an exchange tells of what it trades. */
export interface Listing {
  /**
   * What the venue lists, with ticks and lots; complete with it. Asked for once for all who want it, and again where it was
   * asked for more than an hour ago.
   *
   * @throws (on the stream) RequestFailedError where it can't be had.
   */
  instruments(): Observable<readonly Instrument[]>;
  /**
   * One of them, by the venue's own name or the unified one (`BTC/USDT`). The list is requested until it is there.
   *
   * @throws InvalidArgumentError for what can be no name.
   * @throws (on the stream) SubscriptionRefusedError where the list has no such name, or has it more than once: its `candidates`
   *   say what may have been meant.
   */
  instrument(name: string): Observable<Instrument>;
}

type Method = (symbol: unknown, ...rest: readonly unknown[]) => unknown;

/** Of rows of one name the last: pages may overlap while the list changes. */
const onceEach = (list: readonly Instrument[]): readonly Instrument[] => [
  ...new Map(list.map((one) => [one.name, one])).values(),
];

/** A venue's list of what it trades, and the unified names that lead there. */
export class Instruments {
  readonly #base: VenueBase;
  readonly #load: () => Observable<readonly Instrument[]>;
  #list: readonly Instrument[] = [];
  #loadedAt = -Infinity;
  #loading: Observable<readonly Instrument[]> | undefined;

  /** @param load Requests the whole list; what it holds is read by `instrumentsIn`. */
  constructor(base: VenueBase, load: () => Observable<readonly Instrument[]>) {
    this.#base = base;
    this.#load = load;
  }

  /**
   * The exchange with its list, and with methods that take unified names beside the venue's own. Those wait for the list; the
   * other arguments are checked at the call all the same.
   *
   * @param streams The methods that take a symbol and give a stream. `tally` and `resync` are seen to.
   * @param sample A symbol as the venue writes them, under which a method checks its other arguments before the name is known.
   * @param isOther Which symbols are not the venue's own. Default: those with a slash.
   */
  offer<E extends Exchange & Listing>(
    exchange: Omit<E, keyof Listing>,
    streams: readonly (keyof Omit<E, keyof Exchange>)[],
    sample: string,
    isOther = (symbol: string) => symbol.includes('/'),
  ): E {
    const methods = exchange as Readonly<Record<PropertyKey, unknown>>;
    const closed$ = closedOf(exchange);
    const isUnified = (symbol: unknown): symbol is string => typeof symbol === 'string' && isOther(symbol);
    const stream = (method: Method): Method => {
      const streamOf = method as (symbol: unknown, ...rest: readonly unknown[]) => Observable<unknown>;
      return (symbol, ...rest) => {
        if (!isUnified(symbol)) return method(symbol, ...rest);
        // Refuses what can't be meant. A stream is cold: nothing comes of one that nobody subscribes.
        streamOf(sample, ...rest);
        return this.#one(symbol).pipe(
          takeUntil(closed$),
          switchMap(({ name }) => streamOf(name, ...rest)),
        );
      };
    };
    const atOnce = (method: Method): Method => {
      return (symbol) => {
        // Whatever runs under a unified name has loaded the list.
        const match = isUnified(symbol) ? matchInstrument(this.#list, symbol) : { one: { name: symbol } };
        return 'one' in match ? method(match.one.name) : undefined;
      };
    };
    const wrap = (keys: readonly PropertyKey[], by: (method: Method) => Method): Readonly<Record<string, Method>> =>
      Object.fromEntries(keys.filter((key) => key in methods).map((key) => [key, by(methods[key] as Method)]));
    const all = {
      ...exchange,
      ...wrap(streams, stream),
      ...wrap(['tally', 'resync'], atOnce),
      instruments: () => this.#all(),
      instrument: (name: string) => {
        checkText('name', /\S/, 'a name such as BTC/USDT', name);
        return this.#one(name).pipe(takeUntil(closed$));
      },
    };
    return all as E;
  }

  /** The list that was loaded last where it is young enough, otherwise a new one. */
  #all(): Observable<readonly Instrument[]> {
    return defer(() => {
      const { scheduler } = this.#base;
      if (scheduler.elapsed() - this.#loadedAt < LIFETIME) return of(this.#list);
      return (this.#loading ??= defer(this.#load).pipe(
        // By a step of nothing nothing can be rounded, and nothing traded.
        map((list) => onceEach(list.filter(({ tick, lot }) => Number(tick) > 0 && Number(lot) > 0))),
        tap((list) => {
          this.#list = list;
          // An empty one says nothing of the next.
          if (list.length > 0) this.#loadedAt = scheduler.elapsed();
        }),
        finalize(() => {
          this.#loading = undefined;
        }),
        share({ connector: () => new ReplaySubject(1) }),
      ));
    });
  }

  #one(symbol: string): Observable<Instrument> {
    const { venue, report } = this.#base;
    return this.#all().pipe(
      catchError((error: unknown) => {
        // Names hardly ever change: the list of before leads there as well, as far as it does.
        if (!('one' in matchInstrument(this.#list, symbol))) throw error;
        report({
          type: 'snapshot',
          channel: symbol,
          attempt: 1,
          message: `${symbol}: by the list of before, since ${String(error)}`,
        });
        return of(this.#list);
      }),
      map((list) => {
        if (list.length === 0) throw new RequestFailedError('the list of instruments is empty');
        const match = matchInstrument(list, symbol);
        if ('one' in match) return match.one;
        // What is new at the venue is found by whoever asks again.
        this.#loadedAt = -Infinity;
        throw new SubscriptionRefusedError(venue, symbol, match.text, match.candidates);
      }),
      patiently(this.#base, symbol),
    );
  }
}
