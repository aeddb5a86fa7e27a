import { type Observable, type SchedulerLike, Subject, filter, finalize, map } from 'rxjs';
import { emptyTally, type MutableTally } from '../book/tally.js';
import type { BookState } from '../model/bookState.js';
import type { BookTally } from '../model/bookTally.js';
import type { DepthEvent } from '../model/depthEvent.js';
import type { BudgetLimits } from '../network/budget.js';
import type { ChannelSpec } from '../socket/channel.js';
import { Hub } from '../socket/hub.js';
import type { VenuePlan } from '../socket/plan.js';
import { SharedStreams } from '../socket/sharedStreams.js';
import { eventsOf, statesOf } from './bookStreams.js';
import { withDefaults } from './defaults.js';
import { depthFeed } from './depthFeed.js';
import type { DepthFeedConfig } from './depthFeedConfig.js';
import type { Exchange, ExchangeOptions } from './exchange.js';
import type { FeedUpdate } from './feedUpdate.js';
import { Requests } from './requests.js';

/** A book as its venue describes it: what {@link DepthFeedConfig} asks for, less what every book of a venue shares. */
export interface BookSpec extends Omit<
  DepthFeedConfig,
  'venue' | 'channel' | 'scheduler' | 'random' | 'report' | 'resync$' | 'tally' | 'resubscribe'
> {
  /** What makes two books the same: the channel, and whatever else shapes the book. */
  readonly key: string;
  readonly source: ChannelSpec<DepthEvent | readonly DepthEvent[]>;
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
  private readonly random: () => number;
  private readonly tallies = new Map<string, { readonly instrument: string; readonly tally: MutableTally }>();
  private readonly resyncs = new Subject<string | undefined>();

  constructor(
    private readonly plan: VenuePlan,
    requestLimits: readonly BudgetLimits[],
    options: ExchangeOptions,
  ) {
    const { linger, ...config } = withDefaults(options);
    this.hub = new Hub({ ...config, plan });
    this.requests = new Requests(config.network, requestLimits, config.scheduler);
    this.streams = new SharedStreams({ linger, scheduler: config.scheduler });
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

  private feed({ key, source, ...spec }: BookSpec): Observable<FeedUpdate> {
    const { hub, random, scheduler } = this;
    const channel = source.topic.key;
    const tally = emptyTally();
    this.tallies.set(key, { instrument: spec.instrument, tally });
    return hub.channel(source).pipe(
      depthFeed({
        ...spec,
        venue: this.plan.venue,
        channel,
        scheduler,
        random,
        tally,
        resync$: this.resyncs.pipe(filter((wanted) => wanted === undefined || wanted === spec.instrument)),
        resubscribe: () => {
          hub.resubscribe(channel);
        },
        report: (fault) => {
          hub.report(fault);
        },
      }),
      finalize(() => {
        this.tallies.delete(key);
      }),
    );
  }
}
