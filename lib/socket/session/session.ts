import { EMPTY, Observable, type Subscriber, defer } from 'rxjs';
import { WireLostError } from '../../errors/wireLostError.js';
import type { LossReason } from '../../model/connection.js';
import type { Wire } from '../../network/network.js';
import { beginningOf } from '../beginningOf.js';
import { lossBy } from '../lossBy.js';
import type { Dialect, TopicRequest } from '../plan.js';
import type { VenueParts } from '../venueParts.js';
import type { WantedChannel } from '../wantedChannel.js';
import { linkTo } from './link.js';
import { type PartsOwner, type SessionParts, partsOf } from './parts.js';
import type { SessionLine } from './sessionLine.js';

/**
 * One open wire: the handshake, the watch over silence, and what was subscribed. Whatever it remembers dies with it;
 * nothing is carried over to the next.
 *
 * @returns Emits the session when its handshake is done; errors when it is lost; unsubscribing ends it.
 */
export const openSession = (wire: Wire, line: SessionLine, core: VenueParts): Observable<Session> =>
  new Observable((subscriber) => {
    new Session(wire, line, core, subscriber).start();
  });

/** A session, as its line uses it. */
export class Session {
  readonly #topics: SessionParts['topics'];
  readonly #outbox: SessionParts['outbox'];
  readonly #signs: SessionParts['signs'];
  readonly #lag: SessionParts['lag'];
  readonly #dialect: Dialect;
  #isReady = false;
  #isOver = false;

  /** @param subscriber Told of the session, and of its loss; what ends its timers. */
  constructor(
    private readonly wire: Wire,
    private readonly line: SessionLine,
    private readonly core: VenueParts,
    private readonly subscriber: Subscriber<Session>,
  ) {
    subscriber.add(() => {
      this.#isOver = true;
    });
    const parts = partsOf({ wire, line, core, timers: subscriber }, this.#owner());
    this.#signs = parts.signs;
    this.#lag = parts.lag;
    this.#topics = parts.topics;
    this.#outbox = parts.outbox;
    this.#dialect = line.plan.dialect(linkTo(this.#topics, this, () => this.#isOver));
  }

  /** Begins to listen, and the handshake. */
  start(): void {
    const { subscriber, wire } = this;
    const { socket, wake } = this.core;
    const frames = socket.framesOf(this.line.name);
    subscriber.add(
      frames.subscribe((text) => {
        this.#signs.hear();
        this.#lag.hear(this.#signs.heardAt);
        this.#read(text);
      }),
    );
    subscriber.add(wire.messages.subscribe(frames));
    subscriber.add(
      wire.activity?.subscribe(() => {
        this.#signs.hear();
      }),
    );
    subscriber.add(wake.subscribe(() => this.#signs.probe()));
    this.#signs.watch();
    const handshake = defer(() => this.#dialect.handshake?.() ?? EMPTY);
    subscriber.add(
      handshake.subscribe({
        complete: () => {
          this.#ready();
        },
        error: (error: unknown) => {
          this.#fail(lossBy(error, 'handshake', 'handshake'));
        },
      }),
    );
  }

  wanted(channel: WantedChannel): void {
    this.#topics.wanted(channel);
  }

  discarded(channel: WantedChannel): void {
    this.#topics.discarded(channel);
  }

  /** Sends a text ahead of all subscriptions. */
  send(text: string): void {
    this.#outbox.send(text);
  }

  /** The dialect says that updates were lost, of a channel or of all. */
  interrupted(key?: string): void {
    if (this.#dialect.implicit === true) this.lose('closed', 'opened anew');
    else this.#topics.interrupted(key);
  }

  /** Has a channel subscribed anew. */
  resubscribe(key: string): void {
    if (this.#dialect.implicit === true) this.interrupted(key);
    else this.#topics.resubscribe(key);
  }

  changed(): void {
    if (!this.#isReady) return;
    // Where opening was the subscription, frames may come at once.
    if (this.#dialect.implicit === true) this.#outbox.flush();
    else this.#outbox.flushSoon();
  }

  report(text: string): void {
    const { venue, reports } = this.core;
    reports.report({ type: 'venue', message: `${venue}: ${beginningOf(text, 200)}` });
  }

  lose(reason: LossReason, text: string): void {
    this.#fail(new WireLostError(reason, text));
  }

  #owner(): PartsOwner {
    return {
      silence: () => this.#silence(),
      ping: () => this.#ping(),
      nextRequest: () => this.#nextRequest(),
      late: (ms) => {
        this.#late(ms);
      },
      changed: () => {
        this.changed();
      },
      report: (text) => {
        this.report(text);
      },
      lose: (reason, text) => {
        this.lose(reason, text);
      },
    };
  }

  #ready(): void {
    this.#isReady = true;
    this.#topics.begin(this.#dialect, this.line.channels());
    this.subscriber.next(this);
    this.changed();
    const beside = defer(() => this.#dialect.alongside?.() ?? EMPTY);
    this.subscriber.add(
      beside.subscribe({
        error: (error: unknown) => {
          this.#fail(lossBy(error, 'failed', 'alongside'));
        },
      }),
    );
  }

  #read(text: string): void {
    try {
      this.#dialect.receive(text);
    } catch (error) {
      if (this.#isOver) return;
      this.core.reports.unreadable(String(error), text);
      // Whose it was can't be known.
      this.#topics.tell({ type: 'missed' });
    }
  }

  /** @param ms How late it comes; `undefined`: it comes in time again. */
  #late(ms: number | undefined): void {
    const { reports } = this.core;
    const wire = this.line.name;
    this.#topics.tell({ type: 'late', isLate: ms !== undefined });
    if (ms === undefined) return;
    reports.report({ type: 'lag', wire, ms, message: `${wire}: what comes is ${Math.round(ms)} ms late` });
  }

  #nextRequest(): TopicRequest | undefined {
    if (!this.#isReady) return undefined;
    return this.#trying('request', () => this.#topics.next(), undefined);
  }

  #ping(): boolean {
    if (!this.#isReady || this.#dialect.probe === undefined) return false;
    const text = this.#trying('ping', () => this.#dialect.probe?.(), undefined);
    // Ahead of what waits: the answer is due soon.
    if (text !== undefined) this.#outbox.sendFirst(text);
    return text !== undefined;
  }

  #silence(): number {
    const { silence, blindSilence = silence } = this.line.plan.limits;
    const bound = this.wire.activity === undefined ? blindSilence : silence;
    return this.#trying('silence', () => this.#dialect.silence?.(), undefined) ?? bound;
  }

  /** What a dialect throws outside of its reading loses the session. */
  #trying<T>(what: string, run: () => T, otherwise: T): T {
    try {
      return run();
    } catch (error) {
      this.#fail(lossBy(error, 'failed', what));
      return otherwise;
    }
  }

  #fail(error: unknown): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.subscriber.error(error);
  }
}
