import { Observable, type OperatorFunction, type Subscriber, type Subscription, of, switchMap, timer } from 'rxjs';
import {
  type MissingCandles,
  advanceCandles,
  missingBefore,
  missingBehind,
  unjoined,
  type CandleInput,
} from '../book/candleJoin.js';
import { checkWhole } from '../errors/checks.js';
import { aNumber, checkOptions } from '../errors/optionRules.js';
import type { Candle } from '../model/candle.js';
import type { ChannelSpec } from '../socket/channel.js';
import type { ChannelEvent } from '../socket/channelEvent.js';
import { inTurn } from '../time/inTurn.js';
import { type CandleHistory, loadCandles } from './candleHistory.js';
import type { FoldContext } from './foldContext.js';
import { passOn } from './passOn.js';
import { patiently } from './patiently.js';
import { defaultPause, pauseBefore } from './pause.js';
import type { VenueBase } from './venueBase.js';

/** What a channel of candles tells: a frame holds one or several, in order. */
export type CandleChannelEvent = ChannelEvent<Candle | readonly Candle[]>;

/** How candles are had. */
export interface CandleOptions {
  /**
   * So many candles of the past first, oldest first, the present one among them; then those that come. After a reconnect those
   * that were missed are loaded. Each candle is emitted closed before the next one, and none is left out that the venue has. Each
   * observer has a past of its own. Default: none; only what comes.
   */
  readonly history?: number;
}

/** What channels of candles are had of. */
export interface CandleChannels {
  /** A channel of candles, shared by its key. */
  readonly channel: (source: ChannelSpec<Candle | readonly Candle[]>) => Observable<CandleChannelEvent>;
}

/** The most candles that are loaded before a stream. */
const MOST = 100_000;

/** What joining needs of a venue. */
export type JoinBase = Pick<FoldContext, 'scheduler' | 'random' | 'report'>;

/** Of which candles the past is wanted, how much of it, and how it is had. */
export interface JoinCandlesConfig extends JoinBase {
  /** The channel's key; stands in the faults. */
  readonly channel: string;
  /** How many candles are wanted at the beginning, the present one among them. */
  readonly count: number;
  /** How the venue is asked for those of the past. */
  readonly history: CandleHistory;
}

/**
 * Joins what was loaded of candles to those that are streamed: without a hole, and none twice.
 *
 *     channel   b-c-3---4---l---b-c-7--     b begun, c confirmed, l lost; 3 and 4 as they grow
 *     history     --123         --4567      requested when confirmed, or at a first candle
 *     joined    ----123-34--------4567-     all but the last closed
 *
 * - The history is requested when the venue tells every change already. What comes meanwhile is held.
 * - A history that ends before the stream begins is requested again, up to three times; then its last candle is taken as
 *   over, and a `gap` fault tells from when on candles may be missing.
 * - What can't be had is reported as a `snapshot` fault and requested again, as the snapshots of books are.
 *
 * @returns An operator. Each observer has a history of its own. Completes with the channel, errors with what the channel and a
 *   refused history error with.
 */
export const joinCandles =
  (config: JoinCandlesConfig): OperatorFunction<CandleChannelEvent, Candle> =>
  (source) =>
    new Observable((observer) => {
      const feed = new CandleFeed(config, observer);
      observer.add(
        passOn(source, observer, (event) => {
          feed.receive(event);
        }),
      );
    });

/** The candles of one observer. */
class CandleFeed {
  readonly #config: JoinCandlesConfig;
  readonly #observer: Subscriber<Candle>;
  #join = unjoined;
  #pending: Subscription | undefined;
  /** What an observer or a request says within a step waits until the step is done. */
  readonly #dispatch = inTurn((input: CandleInput) => {
    const { join, emitted, want, anew } = advanceCandles(this.#join, input, this.#config.count);
    this.#join = join;
    this.#report(anew, 'and the stream begins anew from');
    if (join.phase !== 'loading' || want !== undefined) this.#pending?.unsubscribe();
    for (const candle of emitted) this.#observer.next(candle);
    if (want !== undefined) this.#load();
  });

  constructor(config: JoinCandlesConfig, observer: Subscriber<Candle>) {
    this.#config = config;
    this.#observer = observer;
    observer.add(() => this.#pending?.unsubscribe());
  }

  receive(event: CandleChannelEvent): void {
    switch (event.type) {
      case 'begun':
      case 'late':
        return;
      case 'confirmed':
        this.#dispatch({ type: 'begun' });
        return;
      case 'message':
        for (const candle of [event.value].flat()) this.#dispatch({ type: 'live', candle });
        return;
      default:
        this.#dispatch(event);
    }
  }

  #load(): void {
    const { channel, count, history, random, scheduler } = this.#config;
    const { last, short, held } = this.#join;
    const begun = held.at(-1)?.openTime;
    if (this.#observer.closed) return;
    const wait$ = short === 0 ? of(0) : timer(pauseBefore(short + 1, defaultPause, random), scheduler);
    this.#pending = wait$
      .pipe(
        switchMap(() => loadCandles(history, count, last?.openTime, begun)),
        patiently(this.#config, channel),
      )
      .subscribe({
        next: (candles) => {
          this.#report(missingBefore(this.#join, candles), 'and the venue has them from');
          this.#report(missingBehind(this.#join, candles, count), 'and the stream has them from');
          this.#dispatch({ type: 'loaded', candles });
        },
        error: (error: unknown) => {
          this.#observer.error(error);
        },
      });
  }

  #report(missing: MissingCandles | undefined, where: string): void {
    if (missing === undefined) return;
    const { channel, report } = this.#config;
    const message = `${channel}: candles from ${missing.expected} on are wanted, ${where} ${missing.received} on`;
    report({ type: 'gap', channel, reason: 'gap', ...missing, message });
  }
}

/**
 * {@link joinCandles} of what a venue says of itself.
 *
 * @param channel The channel's key.
 * @param count How many candles are wanted, the present one among them.
 * @throws InvalidArgumentError (at the call) for more than the venue has.
 */
export function withPast(
  { scheduler, random, report }: JoinBase,
  channel: string,
  count: number,
  history: CandleHistory,
): OperatorFunction<CandleChannelEvent, Candle> {
  checkWhole('history', history.deepest ?? MOST, count);
  return joinCandles({ channel, count, history, scheduler, random, report });
}

/**
 * The candles of a channel as a venue gives them: as they come, or with so many of the past before them.
 *
 * @param history How the venue is asked for them.
 * @param live The same channel without a past.
 * @throws InvalidArgumentError (at the call) for options that can't be meant.
 */
export function candlesWith(
  {
    base,
    core,
    options = {},
  }: {
    readonly base: VenueBase;
    readonly core: CandleChannels;
    readonly options?: CandleOptions | undefined;
  },
  source: ChannelSpec<Candle | readonly Candle[]>,
  history: () => CandleHistory,
  live: () => Observable<Candle>,
): Observable<Candle> {
  checkOptions('options', options, { history: aNumber });
  const { history: count } = options;
  if (count === undefined) return live();
  return core.channel(source).pipe(withPast(base, source.topic.key, count, history()));
}
