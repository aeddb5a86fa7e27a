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
import type { Fault } from '../model/fault.js';
import type { BudgetLimits } from '../network/budget.js';
import type { ChannelSpec } from '../socket/channel.js';
import type { ChannelEvent } from '../socket/channelEvent.js';
import { type Hub, makeHub } from '../socket/hub.js';
import type { Topic, VenuePlan } from '../socket/plan.js';
import { type SharedStreams, makeSharedStreams } from '../socket/sharedStreams.js';
import { eventsOf, statesOf } from './bookStreams.js';
import { withDefaults } from './defaults.js';
import { depthFeed } from './depthFeed.js';
import type { DepthFeedConfig } from './depthFeedConfig.js';
import type { Exchange, ExchangeOptions } from './exchange.js';
import type { FeedName } from './feedFault.js';
import type { FeedUpdate } from './feedUpdate.js';
import { type Requests, makeRequests } from './requests.js';

/** A book as its venue describes it: what {@link DepthFeedConfig} asks for, less what every book of a venue shares. */
export interface BookSpec extends Omit<
  DepthFeedConfig,
  'venue' | 'channel' | 'scheduler' | 'random' | 'report' | 'resync$' | 'tally' | 'resubscribe'
> {
  /** What makes two books the same: the channel, and whatever else shapes the book. */
  readonly key: string;
  readonly source: ChannelSpec<DepthEvent | readonly DepthEvent[]>;
}

/** What every fold of a channel is given. */
export interface FoldContext extends FeedName {
  readonly scheduler: SchedulerLike;
  /** In [0, 1). */
  readonly random: () => number;
  readonly report: (fault: Fault) => void;
  /** Has the venue send the channel from its beginning again. */
  readonly resubscribe: () => void;
}

/** One book in its two shapes. Both ride on one feed, however many observe either. */
export interface BookStreams {
  readonly state$: Observable<BookState>;
  readonly event$: Observable<DepthEvent>;
}

/**
 * What every venue is assembled from: the hub, the request side, and the streams that are shared by key. Knows no
 * venue.
 */
export class VenueCore {
  readonly requests: Requests;
  readonly scheduler: SchedulerLike;
  private readonly hub: Hub;
  private readonly streams: SharedStreams;
  readonly random: () => number;
  private readonly tallies = new Map<string, { readonly instrument: string; readonly tally: MutableTally }>();
  private readonly resyncs = new Subject<string | undefined>();

  constructor(
    private readonly plan: VenuePlan,
    requestLimits: readonly BudgetLimits[],
    options: ExchangeOptions,
  ) {
    const { linger, ...config } = withDefaults(options);
    this.hub = makeHub({ ...config, plan });
    this.requests = makeRequests(config.network, requestLimits, config.scheduler);
    this.streams = makeSharedStreams({ linger, scheduler: config.scheduler });
    this.scheduler = config.scheduler;
    this.random = config.random;
  }

  /** What every venue offers, for the venue to spread its own channels over. */
  get exchange(): Exchange {
    const { hub, plan } = this;
    return {
      venue: plan.venue,
      socket: hub.socket,
      connection$: hub.connection$,
      faults$: hub.faults$,
      plan: () => hub.plan(),
      wake: () => {
        hub.wake();
      },
      close: (code, reason) => {
        hub.close(code, reason);
      },
    };
  }

  /** The messages of a channel whose values stand alone; a value that is `undefined` is left out. */
  stream<T>(spec: ChannelSpec<T | undefined>): Observable<T> {
    return this.streams.get(spec.topic.key, false, () =>
      this.hub.channel(spec).pipe(
        map((event) => (event.type === 'message' ? event.value : undefined)),
        filter((value) => value !== undefined),
      ),
    );
  }

  /** The same of a channel whose messages hold any number of such values, in order. */
  each<T>(spec: ChannelSpec<readonly T[]>): Observable<T> {
    return this.streams.get(spec.topic.key, false, () =>
      this.hub.channel(spec).pipe(mergeMap((event) => (event.type === 'message' ? event.value : []))),
    );
  }

  /** The messages of a channel whose latest value is a state: late observers get it, unless its session is over. */
  current<T>(spec: ChannelSpec<T>): Observable<T> {
    const latest$ = this.streams.get(spec.topic.key, true, () =>
      this.hub.channel(spec).pipe(filter((event) => event.type === 'message' || event.type === 'lost')),
    );
    return latest$.pipe(
      filter((event) => event.type === 'message'),
      map((event) => event.value),
    );
  }

  /**
   * A channel folded by an operator of its own, one running fold for all who observe the key; late observers get the
   * latest update. One key, one fold.
   */
  folded<T, U>(
    key: string,
    source: ChannelSpec<T>,
    operator: (context: FoldContext) => OperatorFunction<ChannelEvent<T>, U>,
  ): Observable<U> {
    return this.streams.get(key, true, () => this.hub.channel(source).pipe(operator(this.contextOf(source))));
  }

  book(spec: BookSpec): BookStreams {
    const updates$ = this.streams.get(`book ${spec.key}`, true, () => this.feed(spec));
    return { state$: statesOf(updates$), event$: eventsOf(updates$) };
  }

  /** The counts of the running book of an instrument; with several, of the one that began last. */
  tally(instrument: string): BookTally | undefined {
    const running = [...this.tallies.values()].filter((entry) => entry.instrument === instrument);
    return running.at(-1)?.tally;
  }

  /** Has the running books of an instrument mended by hand, or all of them. */
  resync(instrument?: string): void {
    this.resyncs.next(instrument);
  }

  /** Tells a fault of something that is no channel. */
  report(fault: Fault): void {
    this.hub.report(fault);
  }

  private contextOf({ topic }: { readonly topic: Topic }): FoldContext {
    const { hub, plan, random, scheduler } = this;
    const report = (fault: Fault): void => {
      hub.report(fault);
    };
    const resubscribe = (): void => {
      hub.resubscribe(topic.key);
    };
    return { venue: plan.venue, channel: topic.key, scheduler, random, report, resubscribe };
  }

  private feed({ key, source, ...spec }: BookSpec): Observable<FeedUpdate> {
    const { hub } = this;
    const tally = emptyTally();
    this.tallies.set(key, { instrument: spec.instrument, tally });
    return hub.channel(source).pipe(
      depthFeed({
        ...spec,
        ...this.contextOf(source),
        tally,
        resync$: this.resyncs.pipe(filter((wanted) => wanted === undefined || wanted === spec.instrument)),
      }),
      finalize(() => {
        this.tallies.delete(key);
      }),
    );
  }
}
