import { type MonoTypeOperatorFunction, Observable, type OperatorFunction, identity } from 'rxjs';
import type { LossReason } from '../model/connection.js';
import type { Report } from '../model/fault.js';
import type { ChannelSpec } from '../socket/channel.js';
import type { ChannelEvent } from '../socket/channelEvent.js';
import { Hub } from '../socket/hub.js';
import type { VenuePlan } from '../socket/plan.js';
import { LatestSubject } from '../socket/latestSubject.js';
import { SharedStreams } from '../socket/sharedStreams.js';
import type { SteadyScheduler } from '../time/steadyScheduler.js';
import type { Exchange } from './exchange.js';
import { passOn } from './passOn.js';
import { reportEmpty } from './reportEmpty.js';
import type { FoldContext } from './foldContext.js';
import type { VenueBase } from './venueBase.js';

/** How a venue's channels map to its wires. */
export type VenueWires = Omit<VenuePlan, 'venue'>;

/**
 * A venue's channels on its wires, each shared by its key. Knows no venue. What only some venues need stands beside it
 * (`Books`, {@link eachValue}, {@link foldedChannel}, `accountStreams`), so that the others don't carry it.
 */
export class VenueCore {
  /** What every venue offers, for the venue to spread its own channels over. */
  readonly exchange: Exchange;
  readonly scheduler: SteadyScheduler;
  /** Reports a fault of something that is no channel. */
  readonly report: Report;
  /** Streams by their keys, run once however many observe them. */
  readonly shared: SharedStreams;
  /** The events of a channel, sessions and losses included. */
  readonly channel: <T>(spec: ChannelSpec<T>) => Observable<ChannelEvent<T>>;
  readonly #base: VenueBase;
  readonly #hub: Hub;

  constructor(base: VenueBase, wires: VenueWires) {
    const { venue, network, scheduler, random, linger, timing, reports, report, discretion } = base;
    const plan = { ...wires, venue };
    const hub = new Hub({ ...timing, plan: discretion?.plan(plan) ?? plan, network, scheduler, random, reports });
    const channel = <T>(spec: ChannelSpec<T>): Observable<ChannelEvent<T>> => hub.channel(spec);
    this.#base = base;
    this.#hub = hub;
    this.exchange = exchangeOf(hub, base);
    this.scheduler = scheduler;
    this.report = report;
    this.shared = new SharedStreams({ linger, scheduler });
    this.channel = network.finished$ === undefined ? channel : reportEmpty(channel, network.finished$, report);
  }

  /** What a fold of the channel with this key is given. */
  contextOf(key: string): FoldContext {
    const { scheduler, random, report } = this.#base;
    const resubscribe = (): void => {
      this.#hub.resubscribe(key);
    };
    return { channel: key, scheduler, random, report, resubscribe };
  }

  /** The messages of a channel whose values stand alone; a value that is `undefined` is left out. */
  stream<T>(spec: ChannelSpec<T | undefined>): Observable<T> {
    return this.shared.events<T>(spec.topic.key, (values) =>
      handingOn(
        this.channel(spec),
        (value) => {
          if (value !== undefined) values.next(value);
        },
        missing(this, spec.topic.key),
      ),
    );
  }

  /**
   * The messages of a channel whose latest value is a state: late observers get it, unless its session is over.
   *
   * @param watch Sees the events of the channel on their way. Default: nobody does.
   */
  current<T>(
    spec: ChannelSpec<T | undefined>,
    watch: MonoTypeOperatorFunction<ChannelEvent<T | undefined>> = identity,
  ): Observable<T> {
    return this.shared.through<T, LatestSubject<T>>(
      spec.topic.key,
      () => new LatestSubject(),
      (values) =>
        handingOn(
          this.channel(spec).pipe(watch),
          (value) => {
            if (value !== undefined) values.next(value);
          },
          () => {
            values.discard();
          },
        ),
    );
  }
}

/** The source of what is shared: a channel whose messages go straight to `emit`, as that is the way of every frame. */
const handingOn = <T>(
  events$: Observable<ChannelEvent<T>>,
  emit: (value: T) => void,
  lost: (reason: LossReason | 'gap') => void,
): Observable<never> =>
  new Observable((source) =>
    passOn(events$, source, (event) => {
      if (event.type === 'message') emit(event.value);
      else if (event.type === 'lost') lost(event.reason);
    }),
  );

/** Reports that a channel whose session goes on began anew: no state of it says that something is missing. */
const missing =
  ({ report }: VenueCore, channel: string) =>
  (reason: LossReason | 'gap'): void => {
    if (reason === 'gap') report({ type: 'gap', channel, reason, message: `${channel}: something is missing` });
  };

/** The hub as every venue offers it, for the venue to spread its own channels over. */
const exchangeOf = (hub: Hub, { faults$ }: VenueBase): Exchange => ({
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

/**
 * The messages of a channel that hold any number of values each, one after the other.
 *
 * @param watch Sees the events of the channel on their way. Default: nobody does.
 */
export const eachValue = <T>(
  core: VenueCore,
  spec: ChannelSpec<readonly T[]>,
  watch: MonoTypeOperatorFunction<ChannelEvent<readonly T[]>> = identity,
): Observable<T> =>
  core.shared.events<T>(spec.topic.key, (values) =>
    handingOn(
      core.channel(spec).pipe(watch),
      (list) => {
        for (const value of list) values.next(value);
      },
      missing(core, spec.topic.key),
    ),
  );

/**
 * A channel folded by an operator of its own, one running fold for all who observe the key; late observers get the latest
 * update. One key, one fold.
 */
export const foldedChannel = <T, U>(
  core: VenueCore,
  key: string,
  source: ChannelSpec<T>,
  operator: (context: FoldContext) => OperatorFunction<ChannelEvent<T>, U>,
): Observable<U> =>
  core.shared.states(key, () => core.channel(source).pipe(operator(core.contextOf(source.topic.key))));
