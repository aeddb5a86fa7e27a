import { type Observable, Subject, filter, finalize } from 'rxjs';
import { type MutableTally, emptyTally } from '../book/tally.js';
import type { BookState } from '../model/bookState.js';
import type { BookTally } from '../model/bookTally.js';
import type { BookUpdate } from '../model/bookUpdate.js';
import type { DepthEvent } from '../model/depthEvent.js';
import type { ChannelSpec } from '../socket/channel.js';
import { every } from '../socket/every.js';
import type { Topic } from '../socket/plan.js';
import type { Audit } from './audit.js';
import { eventsOf, statesOf } from './bookStreams.js';
import { type DepthChannelEvent, depthFeed } from './depthFeed.js';
import type { DepthFeedConfig } from './depthFeedConfig.js';
import type { FoldContext } from './foldContext.js';
import type { VenueCore } from './venueCore.js';

/** What books of all venues are told apart by; a venue adds what else its callers may choose. */
export interface BookParameters {
  /** The instrument as the venue spells it. */
  readonly instrument: string;
  /** A live book that nothing continues for this many ms goes stale until the next diff. Default: never. */
  readonly silentAfter?: number | undefined;
  /** Has a live book mended every so many ms, whether anything seems wrong or not. Default: never. */
  readonly refreshEvery?: number | undefined;
  /** Compares the live book with what `snapshot` gives. Default: never. */
  readonly audit?: Audit | undefined;
}

/** What a parameter may be: plain data, or something that goes by its `key`. A key is made of it. */
export type BookParameter<T> = T extends string | number | boolean | undefined | { readonly key: string }
  ? T
  : T extends (...args: never) => unknown
    ? never
    : { readonly [K in keyof T]: BookParameter<T[K]> };

/** Depth that is made of what a channel tells of something else. */
export interface DepthSource {
  readonly topic: Topic;
  /** What happens to the depth, as a channel of depth would tell it. */
  readonly events: (context: FoldContext) => Observable<DepthChannelEvent>;
}

/** A book as its venue describes it: what {@link DepthFeedConfig} asks for, less what every book is given. */
export interface BookSpec extends Omit<
  DepthFeedConfig,
  keyof FoldContext | keyof BookParameters | 'resync$' | 'planned$' | 'tally'
> {
  readonly source: ChannelSpec<DepthEvent | readonly DepthEvent[]> | DepthSource;
}

/** One book in its two shapes. Both ride on one feed, however many observe either. */
export interface BookStreams {
  readonly state$: Observable<BookState>;
  readonly event$: Observable<DepthEvent>;
}

const named = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'key' in value ? value.key : value;

/** The running books of a venue: one for each topic and choice of parameters, however many observe it. */
export class Books {
  readonly #core: VenueCore;
  readonly #running = new Set<{ readonly instrument: string; readonly tally: MutableTally }>();
  readonly #resyncs = new Subject<string | undefined>();

  constructor(core: VenueCore) {
    this.#core = core;
  }

  /**
   * Books of one kind.
   *
   * @param describe Given once for all: all that one book differs by from another is in the parameters, and so in its key.
   */
  of<P extends BookParameters & { readonly [K in keyof P]: BookParameter<P[K]> }>(
    describe: (parameters: P) => BookSpec,
  ): (parameters: P) => BookStreams {
    return (parameters) => {
      const spec = describe(parameters);
      const key = `book ${spec.source.topic.key} ${JSON.stringify(parameters, named)}`;
      const updates$ = this.#core.shared.states(key, () => this.#run(spec, parameters));
      return { state$: statesOf(updates$), event$: eventsOf(updates$) };
    };
  }

  /** The counts of the running book of an instrument; with several, of the one that began last. */
  tally(instrument: string): BookTally | undefined {
    return [...this.#running].filter((one) => one.instrument === instrument).at(-1)?.tally;
  }

  /** Has the running books of an instrument mended by hand, or all of them. */
  resync(instrument?: string): void {
    this.#resyncs.next(instrument);
  }

  #run({ source, ...spec }: BookSpec, parameters: BookParameters): Observable<BookUpdate> {
    const { instrument, silentAfter, refreshEvery, audit } = parameters;
    const context = this.#core.contextOf(source.topic.key);
    const running = { instrument, tally: emptyTally() };
    this.#running.add(running);
    const depth$ = 'events' in source ? source.events(context) : this.#core.channel(source);
    return depth$.pipe(
      depthFeed({
        ...spec,
        ...context,
        instrument,
        silentAfter,
        audit,
        tally: running.tally,
        resync$: this.#resyncs.pipe(filter((wanted) => wanted === undefined || wanted === instrument)),
        planned$: refreshEvery === undefined ? undefined : every(refreshEvery, this.#core.scheduler),
      }),
      finalize(() => {
        this.#running.delete(running);
      }),
    );
  }
}
