import {
  type Observable,
  type OperatorFunction,
  type SchedulerLike,
  Subject,
  filter,
  finalize,
  map,
  mergeMap,
} from 'rxjs';
import { emptyTally, type MutableTally } from '../book/tally.js';
import type { BookState } from '../model/bookState.js';
import type { BookTally } from '../model/bookTally.js';
import type { DepthEvent } from '../model/depthEvent.js';
import type { FaultNotice } from '../model/fault.js';
import type { BudgetLimits } from '../network/budget.js';
import { keepSecrets } from '../network/keepSecrets.js';
import { KnownSecrets } from '../network/knownSecrets.js';
import type { ChannelSpec } from '../socket/channel.js';
import type { ChannelEvent } from '../socket/channelEvent.js';
import { Hub } from '../socket/hub.js';
import type { VenuePlan } from '../socket/plan.js';
import { type SharedStreams, makeSharedStreams } from '../socket/sharedStreams.js';
import { eventsOf, statesOf } from './bookStreams.js';
import { withDefaults } from './defaults.js';
import { depthFeed } from './depthFeed.js';
import type { DepthFeedConfig } from './depthFeedConfig.js';
import { discreetFault, discreetPlan } from './discreet.js';
import type { Exchange, ExchangeOptions } from './exchange.js';
import { tellEmpty } from './tellEmpty.js';
import { type Requests, makeRequests } from './requests.js';
import { waitingFault } from './waitingFault.js';

/** A book as its venue describes it: what {@link DepthFeedConfig} asks for, less what every book of a venue shares. */
export interface BookSpec extends Omit<
  DepthFeedConfig,
  'channel' | 'scheduler' | 'random' | 'report' | 'resync$' | 'tally' | 'resubscribe'
> {
  /** What makes two books the same: the channel, and whatever else shapes the book. */
  readonly key: string;
  readonly source: ChannelSpec<DepthEvent | readonly DepthEvent[]>;
}

/** What every fold of a channel is given. */
export interface FoldContext {
  /** The channel's key; stands in the faults. */
  readonly channel: string;
  readonly scheduler: SchedulerLike;
  /** In [0, 1). */
  readonly random: () => number;
  readonly report: (fault: FaultNotice) => void;
  /** Has the venue send the channel from its beginning again. */
  readonly resubscribe: () => void;
}

/** One book in its two shapes. Both ride on one feed, however many observe either. */
export interface BookStreams {
  readonly state$: Observable<BookState>;
  readonly event$: Observable<DepthEvent>;
}

/** What every venue is assembled from: the hub, the request side, and the streams that are shared by key. */
export interface VenueCore {
  /** What every venue offers, for the venue to spread its own channels over. */
  readonly exchange: Exchange;
  readonly requests: Requests;
  readonly scheduler: SchedulerLike;
  /** In [0, 1). */
  readonly random: () => number;
  /** Tells a fault of something that is no channel. */
  readonly report: (fault: FaultNotice) => void;
  /** The events of a channel, sessions and losses included. */
  readonly channel: <T>(spec: ChannelSpec<T>) => Observable<ChannelEvent<T>>;
  /** A stream by its key, run once however many observe it. */
  readonly shared: SharedStreams;
  /** What a fold of the channel with this key is given. */
  readonly contextOf: (key: string) => FoldContext;
  /** The messages of a channel whose values stand alone; a value that is `undefined` is left out. */
  readonly stream: <T>(spec: ChannelSpec<T | undefined>) => Observable<T>;
  /** The messages of a channel whose latest value is a state: late observers get it, unless its session is over. */
  readonly current: <T>(spec: ChannelSpec<T>) => Observable<T>;
  readonly book: (spec: BookSpec) => BookStreams;
  /** The counts of the running book of an instrument; with several, of the one that began last. */
  readonly tally: (instrument: string) => BookTally | undefined;
  /** Has the running books of an instrument mended by hand, or all of them. */
  readonly resync: (instrument?: string) => void;
  /** Has a value blotted out wherever a text of the venue is told. What goes out under the name of a secret is by itself. */
  readonly hide: (secret: string) => void;
}

/**
 * Knows no venue. What only some venues need stands beside it ({@link eachValue}, {@link foldedChannel}, `accountStreams`).
 *
 * @param stayAway How long the body of a 429 or 418 asks to stay away, in ms, where the venue says it there.
 */
export function makeVenueCore(
  plan: VenuePlan,
  requestLimits: readonly BudgetLimits[],
  options: ExchangeOptions,
  stayAway?: (body: string, now: number) => number,
): VenueCore {
  const { linger, ...config } = withDefaults(options);
  const { scheduler, random } = config;
  const known = new KnownSecrets();
  const network = keepSecrets(config.network, known);
  const hub = new Hub({ ...config, network, plan: discreetPlan(plan, known) });
  const report = (fault: FaultNotice): void => {
    hub.report(fault);
  };
  const hubChannel = <T>(spec: ChannelSpec<T>): Observable<ChannelEvent<T>> => hub.channel(spec);
  const channel = network.finished$ === undefined ? hubChannel : tellEmpty(hubChannel, network.finished$, report);
  const faults$ = hub.faults$.pipe(map((fault) => discreetFault(fault, known)));
  const shared = makeSharedStreams({ linger, scheduler });
  const running = new Set<{ readonly instrument: string; readonly tally: MutableTally }>();
  const resyncs = new Subject<string | undefined>();

  const contextOf = (key: string): FoldContext => ({
    channel: key,
    scheduler,
    random,
    report,
    resubscribe: () => {
      hub.resubscribe(key);
    },
  });

  const values = <T>(spec: ChannelSpec<T | undefined>, isCurrent: boolean): Observable<T> =>
    shared(spec.topic.key, isCurrent, () =>
      channel(spec).pipe(
        // With its session goes what a late observer would be given.
        filter((event) => event.type === 'message' || event.type === 'lost'),
        map((event) => (event.type === 'message' ? event.value : undefined)),
      ),
    ).pipe(filter((value) => value !== undefined));

  return {
    exchange: exchangeOf(hub, faults$),
    requests: makeRequests(network, requestLimits, scheduler, {
      stayAway,
      waits: (wait) => {
        report(waitingFault(wait));
      },
    }),
    scheduler,
    random,
    report,
    channel,
    shared,
    contextOf,
    stream: (spec) => values(spec, false),
    current: (spec) => values(spec, true),
    book: ({ key, source, ...spec }) => {
      const { instrument } = spec;
      const updates$ = shared(`book ${key}`, true, () => {
        const tally = emptyTally();
        const one = { instrument, tally };
        running.add(one);
        const resync$ = resyncs.pipe(filter((wanted) => wanted === undefined || wanted === instrument));
        return channel(source).pipe(
          depthFeed({ ...spec, ...contextOf(source.topic.key), tally, resync$ }),
          finalize(() => {
            running.delete(one);
          }),
        );
      });
      return { state$: statesOf(updates$), event$: eventsOf(updates$) };
    },
    tally: (instrument) => [...running].filter((one) => one.instrument === instrument).at(-1)?.tally,
    resync: (instrument) => {
      resyncs.next(instrument);
    },
    hide: (secret) => {
      known.add(secret);
    },
  };
}

/** The hub as every venue offers it, for the venue to spread its own channels over. */
const exchangeOf = (hub: Hub, faults$: Exchange['faults$']): Exchange => ({
  venue: hub.venue,
  socket: hub.socket,
  connection$: hub.connection$,
  faults$,
  plan: () => hub.plan(),
  wake: () => {
    hub.wake();
  },
  close: (code, reason) => {
    hub.close(code, reason);
  },
});

/** The messages of a channel that hold any number of values each, one after the other. */
export const eachValue = <T>({ channel, shared }: VenueCore, spec: ChannelSpec<readonly T[]>): Observable<T> =>
  shared(spec.topic.key, false, () =>
    channel(spec).pipe(mergeMap((event) => (event.type === 'message' ? event.value : []))),
  );

/**
 * A channel folded by an operator of its own, one running fold for all who observe the key; late observers get the latest
 * update. One key, one fold.
 */
export const foldedChannel = <T, U>(
  { channel, shared, contextOf }: VenueCore,
  key: string,
  source: ChannelSpec<T>,
  operator: (context: FoldContext) => OperatorFunction<ChannelEvent<T>, U>,
): Observable<U> => shared(key, true, () => channel(source).pipe(operator(contextOf(source.topic.key))));
