import { Subscription, type Observable } from 'rxjs';
import { SubscriptionRefusedError } from '../../lib/errors/subscriptionRefusedError.js';
import type { BookState } from '../../lib/model/bookState.js';
import type { DepthEvent } from '../../lib/model/depthEvent.js';
import type { Quote } from '../../lib/model/quote.js';
import type { Trade } from '../../lib/model/trade.js';
import type { SimulatedVenue } from '../../lib/simulation/index.js';
import { NaiveFold, type Witness } from './chaosWitness.js';

/** What a watcher has around it. */
export interface Scene {
  readonly venue: SimulatedVenue;
  readonly witness: Witness;
  readonly now: () => number;
  /** Whether the venue has denied that there is such a symbol, or refused to stream it. */
  readonly isDenied: (symbol: string) => boolean;
  /** How often a frame of a stream was sent twice. */
  readonly duplicated: (stream: string) => number;
  /** Whether a stream has a ready wire at the moment. */
  readonly isConnected: (stream: string) => boolean;
  /** Whether somebody sets the client's clock. */
  readonly isClockSet: () => boolean;
  /** How long a live book may stand still unnoticed, in ms. */
  readonly standstill: number;
  /** Whether the exchange was closed by its owner, so that streams may complete. */
  readonly isClosed: () => boolean;
}

/** What an observer makes of what it is told. */
interface Ear<T> {
  /** It has just come, or come back. */
  begin(): void;
  hear(value: T): void;
  /** Whether it hears what the venue has to say, no later than the network allows. */
  isWell(): boolean;
  /** Whether it says that it is live, and has not moved for longer than that takes to notice. */
  isStandingStill?(): boolean;
}

/** One observer of one stream of one symbol, who may leave and come back, and checks all it is told. */
export class Watcher {
  private subscription = new Subscription();
  isCompleted = false;

  private constructor(
    readonly name: string,
    private readonly subscribe: (watcher: Watcher) => Subscription,
    readonly isWell: () => boolean,
    private readonly ear: Pick<Ear<never>, 'isStandingStill'>,
  ) {
    this.subscription.unsubscribe();
  }

  static of<T>(name: string, symbol: string, source$: Observable<T>, scene: Scene, ear: Ear<T>): Watcher {
    const { witness, isDenied, isClosed } = scene;
    const subscribe = (watcher: Watcher): Subscription => {
      ear.begin();
      return source$.subscribe({
        next: (value) => ear.hear(value),
        error: (error: unknown) => {
          if (error instanceof SubscriptionRefusedError && isDenied(symbol)) return;
          witness.blame(name, `errors: ${String(error)}`);
        },
        complete: () => {
          watcher.isCompleted = true;
          if (!isClosed()) witness.blame(name, 'completes');
        },
      });
    };
    return new Watcher(name, subscribe, () => ear.isWell(), ear);
  }

  isStandingStill(): boolean {
    return this.ear.isStandingStill?.() === true;
  }

  /** Whether all is well where that is so at every moment: where a step of the market need not tell anything it may not be. */
  isCalm(): boolean {
    return this.ear.isStandingStill === undefined || this.isWell();
  }

  /** Subscribes, unless it is there already. */
  start(): void {
    if (this.subscription.closed) this.subscription = this.subscribe(this);
  }

  stop(): void {
    this.subscription.unsubscribe();
  }
}

/** How old the newest news may be beyond the pace of its stream, in ms: the way through the network, and some steps. */
const LAG = 1_000;
/** Over how long the heard is compared with what happened, in ms. */
const SPAN = 2_500;

/**
 * @param stream The venue's name of it, without the symbol.
 * @param pace Time between two frames, in ms.
 */
export function bookWatcher(
  name: string,
  symbol: string,
  source$: Observable<BookState>,
  stream: string,
  pace: number,
  scene: Scene,
): Watcher {
  const key = `${symbol.toLowerCase()}@${stream}`;
  let state: BookState = { status: 'syncing' };
  let own: number | undefined;
  return Watcher.of(name, symbol, source$, scene, {
    begin: () => (state = { status: 'syncing' }),
    hear: (told) => {
      state = told;
      own = scene.witness.state(name, symbol, told);
      if (told.status === 'live' && !scene.isConnected(key)) scene.witness.blame(name, 'is live without a wire');
    },
    isWell: () => state.status === 'live' && isFresh(scene, symbol, own, pace),
    // A book that the venue says is none stands still rightly, until the end.
    isStandingStill: () =>
      state.status === 'live' && own !== -1 && !isFresh(scene, symbol, own, pace + scene.standstill),
  });
}

/** A fold of the observer's own over the events of a book. */
export function depthWatcher(
  name: string,
  symbol: string,
  source$: Observable<DepthEvent>,
  stream: string,
  pace: number,
  scene: Scene,
): Watcher {
  const key = `${symbol.toLowerCase()}@${stream}`;
  let fold = new NaiveFold(name, symbol, scene.witness);
  return Watcher.of(name, symbol, source$, scene, {
    begin: () => (fold = new NaiveFold(name, symbol, scene.witness)),
    hear: (event) => {
      fold.fold(event);
      if (event.type !== 'reset' && !scene.isConnected(key))
        scene.witness.blame(name, `a ${event.type} without a wire`);
    },
    isWell: () => isFresh(scene, symbol, fold.own, pace),
  });
}

/** Ids are remembered over all its comings and goings. */
export function tradeWatcher(
  name: string,
  symbol: string,
  source$: Observable<Trade>,
  kind: 'trade' | 'aggTrade',
  scene: Scene,
): Watcher {
  const heard = new Set<string>();
  let repeats = 0;
  const after = (id: number) => {
    const tape = scene.venue.market.instrument(symbol)?.tape;
    return (kind === 'trade' ? tape?.tradesAfter(id) : tape?.aggregatesAfter(id)) ?? [];
  };
  return Watcher.of(name, symbol, source$, scene, {
    begin: () => undefined,
    hear: ({ id, exact, side, venueTime }) => {
      if (heard.has(id)) {
        repeats += 1;
        const sentTwice = scene.duplicated(`${symbol.toLowerCase()}@${kind}`);
        if (repeats > sentTwice) scene.witness.blame(name, `told ${id} again (${repeats} repeats, ${sentTwice} sent)`);
      }
      heard.add(id);
      const truth = after(Number(id) - 1)[0];
      const told = [Number(id), exact.price, exact.size, side, venueTime].join(' ');
      const meant = [truth?.id, truth?.price, truth?.size, truth?.side, truth?.at].join(' ');
      if (told !== meant) scene.witness.blame(name, `told ${told}, in truth ${meant}`);
    },
    isWell: () => {
      const now = scene.now();
      const recent = after(0).filter(({ at }) => at > now - LAG - SPAN && at <= now - LAG);
      return recent.length > 0 && recent.every(({ id }) => heard.has(String(id)));
    },
  });
}

/** Fit for a busy book, whose top moves within seconds. */
export function quoteWatcher(name: string, symbol: string, source$: Observable<Quote>, scene: Scene): Watcher {
  let own: number | undefined;
  return Watcher.of(name, symbol, source$, scene, {
    begin: () => (own = undefined),
    hear: (quote) => (own = scene.witness.quote(name, symbol, quote)),
    isWell: () => isFresh(scene, symbol, own, SPAN),
  });
}

/** Whose values only have to be there, in time. */
export function valueWatcher(
  name: string,
  symbol: string,
  source$: Observable<{ readonly receivedTime: number }>,
  pace: number,
  scene: Scene,
): Watcher {
  let last = -Infinity;
  return Watcher.of(name, symbol, source$, scene, {
    begin: () => (last = -Infinity),
    hear: ({ receivedTime }) => {
      // It may have been received before the clock was set.
      if (!scene.isClockSet() && receivedTime > scene.now())
        scene.witness.blame(name, `received at ${receivedTime}, which is yet to come`);
      last = scene.now();
    },
    isWell: () => last >= scene.now() - pace - LAG,
  });
}

function isFresh({ venue, now }: Scene, symbol: string, sequence: number | undefined, pace: number): boolean {
  const book = venue.market.instrument(symbol)?.book;
  return sequence !== undefined && book !== undefined && sequence >= book.sequenceAt(now() - pace - LAG);
}
