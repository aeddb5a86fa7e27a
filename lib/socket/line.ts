import { EMPTY, type Observable, Subscription, catchError, defer, retryWhen, tap, timer } from 'rxjs';
import { isFatal } from '../errors/isFatal.js';
import type { ConnectionStatus, WireLoad } from '../model/connection.js';
import type { Wire } from '../network/network.js';
import { attemptOf } from './attempt.js';
import { backoff } from './backoff.js';
import { lossOf } from './lossBy.js';
import type { Attempt, Topic, WirePlan } from './plan.js';
import { type Session, openSession } from './session/session.js';
import type { SessionLine } from './session/sessionLine.js';
import type { VenueParts } from './venueParts.js';
import type { WantedChannel } from './wantedChannel.js';

export interface LineConfig {
  readonly name: string;
  readonly group: string;
  readonly plan: WirePlan;
  /** Told before anything else that the line serves nobody any more: it is done. */
  readonly retire: () => void;
}

/** One multiplexed wire over all its sessions: what is wanted of it, and the attempts to have it. */
export class Line {
  readonly name: string;
  readonly #channels = new Map<string, WantedChannel>();
  /** How many keep the wire open without any channel. */
  #holds = 0;
  #wire: Wire | undefined;
  /** While ready. */
  #session: Session | undefined;
  #running: Subscription | undefined;
  #idling: Subscription | undefined;
  /** The number of the attempt, from 1. */
  #number = 1;
  /** How long the backoff has it wait, in ms. */
  #waited = 0;
  #lastLoss: unknown;
  /** How long the attempt that failed last had been ready, in ms. */
  #uptime = 0;
  /** Our own close: the end of the wire is no loss then. */
  #isClosing = false;
  #status: ConnectionStatus['status'] = 'idle';

  constructor(
    private readonly config: LineConfig,
    private readonly parts: VenueParts,
  ) {
    this.name = config.name;
  }

  get isReady(): boolean {
    return this.#session !== undefined;
  }

  load(): WireLoad {
    return { wire: this.name, status: this.#status, channels: [...this.#channels.keys()] };
  }

  hasRoomFor({ group, slot }: Topic): boolean {
    return (
      group === this.config.group &&
      this.#channels.size < this.config.plan.limits.channels &&
      (slot === undefined || [...this.#channels.values()].every(({ topic }) => topic.slot !== slot))
    );
  }

  /** Wants a channel until {@link discard}. The line connects if it has not. */
  want(channel: WantedChannel): void {
    this.#channels.set(channel.topic.key, channel);
    this.#session?.wanted(channel);
    this.#awaken();
  }

  discard(channel: WantedChannel): void {
    if (this.#channels.get(channel.topic.key) !== channel) return;
    this.#channels.delete(channel.topic.key);
    this.#session?.discarded(channel);
    this.#relax();
  }

  /** Keeps the wire open without any channel, until {@link release}. */
  hold(): void {
    this.#holds += 1;
    this.#awaken();
  }

  release(): void {
    this.#holds -= 1;
    this.#relax();
  }

  /** @returns Whether there was a ready wire to take it. */
  send(text: string): boolean {
    const session = this.#session;
    session?.send(text);
    return session !== undefined;
  }

  /** Has one of its channels subscribed anew, because its book can't be mended otherwise. */
  resubscribe(key: string): void {
    if (this.#channels.has(key)) this.#session?.resubscribe(key);
  }

  close(code?: number, reason?: string): void {
    this.#isClosing = true;
    this.#wire?.close(code, reason);
    this.#end();
  }

  #awaken(): void {
    this.#idling?.unsubscribe();
    this.#idling = undefined;
    if (this.#running !== undefined) return;
    // Known before anything is told: whoever hears of it may be done with the line at once.
    const running = (this.#running = new Subscription());
    running.add(
      this.#sessions().subscribe({
        next: () => {
          this.#emit({ status: 'ready' });
        },
        error: (error: unknown) => {
          this.#end(error);
        },
      }),
    );
  }

  /** One session after the other, until there is no sense in another. */
  #sessions(): Observable<Session> {
    const { timing, random, scheduler, wake } = this.parts;
    this.#number = 1;
    this.#waited = 0;
    return defer(() => this.#attempt()).pipe(
      retryWhen(
        backoff({
          policy: timing.backoff,
          uptimeOf: () => this.#uptime,
          onWait: (ms, retry) => {
            this.#number = retry + 1;
            this.#waited = ms;
            this.#emit({ status: 'waiting', ms, attempt: this.#number });
          },
          isFatal,
          random,
          scheduler,
          wake,
        }),
      ),
    );
  }

  #attempt(): Observable<Session> {
    const running = this.#running;
    this.#emit({ status: 'connecting', attempt: this.#number });
    if (running === undefined || running.closed) return EMPTY;
    const { plan } = this.config;
    const { scheduler } = this.parts;
    let readyAt = Infinity;
    return attemptOf({ plan, about: () => this.#about(), session: (wire) => this.#open(wire) }, this.parts).pipe(
      tap((session) => {
        this.#session = session;
        readyAt = scheduler.elapsed();
      }),
      catchError((error: unknown) => {
        if (this.#isClosing) return EMPTY;
        this.#uptime = scheduler.elapsed() - readyAt;
        this.#lose(error);
        throw error;
      }),
    );
  }

  #about(): Attempt {
    const topics = [...this.#channels.values()].map(({ topic }) => topic);
    return { number: this.#number, waited: this.#waited, topics, lost: this.#lastLoss };
  }

  #open(wire: Wire): Observable<Session> {
    this.#wire = wire;
    const line: SessionLine = {
      name: this.name,
      plan: this.config.plan,
      channels: () => this.#channels.values(),
      discard: ({ topic }) => {
        this.#channels.delete(topic.key);
        this.#relax();
      },
    };
    return openSession(wire, line, this.parts);
  }

  #lose(error: unknown): void {
    const at = this.parts.scheduler.now();
    this.#wire = this.#session = undefined;
    this.#lastLoss = error;
    const { reason, code, text } = lossOf(error);
    this.#emit({ status: 'lost', reason, code, text });
    for (const channel of [...this.#channels.values()]) channel.lost(reason, at);
  }

  #relax(): void {
    const isWanted = this.#holds > 0 || this.#channels.size > 0;
    if (isWanted || this.#idling !== undefined || this.#running === undefined) return;
    const { scheduler, timing } = this.parts;
    if (timing.wireLinger === 0) this.#stop('idle');
    else {
      this.#idling = timer(timing.wireLinger, scheduler).subscribe(() => {
        this.#stop('idle');
      });
    }
  }

  #stop(next: 'idle' | 'closed'): void {
    const ended = this.#running;
    this.#idling?.unsubscribe();
    this.#idling = this.#running = this.#wire = this.#session = this.#lastLoss = undefined;
    // Before anything is told: who wants a channel on hearing it gets a line of its own.
    this.config.retire();
    ended?.unsubscribe();
    this.#status = next;
    this.parts.log.emitLast({ status: next, wire: this.name, at: this.parts.scheduler.now() });
  }

  /** Ends the line, and all channels that ride on it. */
  #end(error?: unknown): void {
    this.#stop('closed');
    const ended = [...this.#channels.values()];
    this.#channels.clear();
    for (const channel of ended) channel.end(error);
  }

  #emit(next: ConnectionStatus): void {
    this.#status = next.status;
    this.parts.log.emit({ ...next, wire: this.name, at: this.parts.scheduler.now() });
  }
}
