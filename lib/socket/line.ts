import {
  type Observable,
  type SchedulerLike,
  EMPTY,
  Subscription,
  catchError,
  concat,
  defer,
  from,
  of,
  retryWhen,
  switchMap,
  take,
  tap,
  throwError,
  throwIfEmpty,
  timeout,
  timer,
} from 'rxjs';
import { AuthenticationRefusedError } from '../errors/authenticationRefusedError.js';
import { isFatal } from '../errors/isFatal.js';
import { RetriesExhaustedError } from '../errors/retriesExhaustedError.js';
import { SubscriptionRefusedError } from '../errors/subscriptionRefusedError.js';
import { WireLostError } from '../errors/wireLostError.js';
import type { ConnectionStatus } from '../model/connection.js';
import type { Fault } from '../model/fault.js';
import type { Budget } from '../network/budget.js';
import type { Network, Wire } from '../network/network.js';
import { type BackoffPolicy, backoff } from './backoff.js';
import type { Topic, WirePlan } from './plan.js';
import { Route, type Sink } from './route.js';
import { Session, type SessionContext } from './session.js';

export interface LineContext {
  readonly venue: string;
  readonly network: Network;
  readonly scheduler: SchedulerLike;
  readonly random: () => number;
  readonly backoff: BackoffPolicy;
  readonly wireLinger: number;
  readonly confirmWithin: number;
  readonly handshakeWithin: number;
  /** New connections over all lines of the venue. */
  readonly connections: Budget | undefined;
  /** Cuts waits for the next attempt short, and has open wires probed. */
  readonly wake: Observable<unknown>;
  readonly report: (fault: Fault) => void;
  /** An inbound frame of this line; it comes back by {@link Line.read}. */
  readonly incoming: (wire: string, text: string) => void;
  readonly transition: (wire: string, status: ConnectionStatus) => void;
  /** The line serves nobody any more: it is done. */
  readonly retire: (line: Line) => void;
}

/** An attempt that failed, and how long it had been ready. */
class Loss extends Error {
  constructor(
    override readonly cause: unknown,
    readonly uptime: number,
  ) {
    super('attempt failed');
  }
}

/** One multiplexed wire over all its sessions: what is wanted of it, and the attempts to have it. */
export class Line {
  private readonly routes = new Map<string, Route>();
  private holds = 0;
  private session: Session | undefined;
  private running: Subscription | undefined;
  private idling: Subscription | undefined;
  private lastLoss: unknown;
  /** Our own close: the end of the wire is no loss then. */
  private isClosing = false;
  status: ConnectionStatus['status'] = 'idle';

  constructor(
    readonly name: string,
    readonly group: string,
    private readonly plan: WirePlan,
    private readonly context: LineContext,
  ) {}

  get channels(): readonly string[] {
    return [...this.routes.keys()];
  }

  hasRoomFor({ slot }: Topic): boolean {
    if (this.routes.size >= this.plan.limits.channels) return false;
    return slot === undefined || [...this.routes.values()].every(({ topic }) => topic.slot !== slot);
  }

  get isReady(): boolean {
    return this.session?.isReady === true;
  }

  /** Wants a channel until {@link drop}. The line connects if it has not. */
  want(topic: Topic, sink: Sink): Route {
    const route = new Route(topic, sink);
    this.routes.set(topic.key, route);
    this.session?.wanted(route);
    this.awaken();
    return route;
  }

  drop(route: Route): void {
    if (this.routes.get(route.topic.key) !== route) return;
    this.routes.delete(route.topic.key);
    this.session?.dropped(route);
    this.relax();
  }

  /** Keeps the wire open without any channel. */
  hold(): void {
    this.holds += 1;
    this.awaken();
  }

  release(): void {
    this.holds -= 1;
    this.relax();
  }

  read(text: string): void {
    this.session?.read(text);
  }

  /** @returns Whether there was a ready wire to take it. */
  send(text: string): boolean {
    if (!this.isReady) return false;
    this.session?.send(text);
    return true;
  }

  /** Has one channel subscribed anew, because its book can't be mended otherwise. */
  resubscribe(key: string): void {
    this.session?.interrupted(key);
  }

  close(code?: number, reason?: string): void {
    this.isClosing = true;
    this.session?.close(code, reason);
    this.stop('closed');
    this.end((sink) => {
      sink.closed();
    });
  }

  private get isNeeded(): boolean {
    return this.holds > 0 || this.routes.size > 0;
  }

  private awaken(): void {
    this.idling?.unsubscribe();
    this.idling = undefined;
    if (this.running !== undefined) return;
    // Known before anything is told: whoever hears of it may be done with the line at once.
    const running = (this.running = new Subscription());
    running.add(
      this.sessions(running).subscribe({
        next: () => {
          this.tell({ status: 'ready' });
        },
        error: (error: unknown) => {
          const cause = causeOf(error);
          if (cause instanceof SubscriptionRefusedError) this.tellRefusal(cause);
          this.stop('closed');
          this.end((sink) => {
            sink.failed(cause);
          });
        },
      }),
    );
  }

  private tellRefusal({ channel, message }: SubscriptionRefusedError): void {
    const { venue, report, scheduler } = this.context;
    report({ type: 'refused', venue, channel, at: scheduler.now(), message });
  }

  private relax(): void {
    if (this.isNeeded || this.idling !== undefined || this.running === undefined) return;
    const { scheduler, wireLinger } = this.context;
    if (wireLinger === 0) this.stop('idle');
    else
      this.idling = timer(wireLinger, scheduler).subscribe(() => {
        this.stop('idle');
      });
  }

  private stop(status: 'idle' | 'closed'): void {
    const { running } = this;
    this.idling?.unsubscribe();
    this.idling = this.running = this.session = undefined;
    this.lastLoss = undefined;
    running?.unsubscribe();
    // Before it is told: who wants a channel on hearing it gets a line of its own.
    this.context.retire(this);
    this.tell({ status });
  }

  private end(tell: (sink: Sink) => void): void {
    const routes = [...this.routes.values()];
    this.routes.clear();
    for (const { sink } of routes) tell(sink);
  }

  private tell(status: ConnectionStatus): void {
    this.status = status.status;
    this.context.transition(this.name, status);
  }

  /** Session after session, each when it is ready. */
  private sessions(running: Subscription): Observable<Session> {
    const { backoff: policy, random, scheduler, wake } = this.context;
    let attempt = 1;
    return defer(() => {
      this.tell({ status: 'connecting', attempt });
      return running.closed ? EMPTY : this.attempt(attempt);
    }).pipe(
      retryWhen(
        backoff({
          policy,
          random,
          scheduler,
          wake,
          uptimeOf: (error) => (error instanceof Loss ? error.uptime : 0),
          isFatal: (error) => error instanceof Loss && isFatal(error.cause),
          onWait: (ms, retry) => {
            attempt = retry + 1;
            this.tell({ status: 'waiting', ms, attempt });
          },
        }),
      ),
    );
  }

  /** One session from the first question for the endpoint to its loss. */
  private attempt(number: number): Observable<Session> {
    const { connections, handshakeWithin, scheduler } = this.context;
    let readyAt: number | undefined;
    const session$ = defer(() => this.open(number)).pipe(
      switchMap((wire) => Session.run(wire, this.sessionContext())),
      timeout({
        first: handshakeWithin,
        scheduler,
        with: () => throwError(() => new WireLostError('handshake', `not ready within ${handshakeWithin} ms`)),
      }),
    );
    const admitted = connections === undefined ? of(true) : connections.run(of(true));
    return admitted.pipe(
      switchMap(() => session$),
      tap(() => {
        readyAt = scheduler.now();
      }),
      catchError((error: unknown) => {
        if (this.isClosing) return EMPTY;
        const uptime = readyAt === undefined ? 0 : scheduler.now() - readyAt;
        this.lose(error);
        return throwError(() => new Loss(error, uptime));
      }),
    );
  }

  private open(number: number): Observable<Wire> {
    const topics = [...this.routes.values()].map((route) => route.topic);
    return defer(() => from(this.plan.endpoint({ number, topics, lost: this.lastLoss }))).pipe(
      take(1),
      catchError((error: unknown) => throwError(() => providerError(error))),
      throwIfEmpty(() => providerError(undefined)),
      switchMap((endpoint) =>
        concat(
          this.context.network.open(endpoint),
          throwError(() => new WireLostError('closed', 'the wire ended')),
        ),
      ),
    );
  }

  private lose(error: unknown): void {
    const at = this.context.scheduler.now();
    this.session = undefined;
    this.lastLoss = error;
    if (error instanceof WireLostError) {
      this.tell({ status: 'lost', reason: error.reason, code: error.code, text: error.text });
    } else if (error instanceof AuthenticationRefusedError) {
      this.tell({ status: 'lost', reason: 'auth', text: error.message });
    } else {
      // Not one of ours: its text may hold anything, so only its kind is told.
      this.tell({ status: 'lost', reason: 'failed', text: error instanceof Error ? error.name : typeof error });
    }
    const reason = error instanceof WireLostError ? error.reason : 'failed';
    for (const route of [...this.routes.values()]) {
      if (route.phase === 'unsent') continue;
      route.phase = 'unsent';
      route.asks = 0;
      route.sink.lost(reason, at);
    }
  }

  private sessionContext(): SessionContext {
    const { venue, scheduler, confirmWithin, report, incoming, wake } = this.context;
    return {
      venue,
      scheduler,
      confirmWithin,
      report,
      wake,
      plan: this.plan,
      routes: this.routes,
      incoming: (text) => {
        incoming(this.name, text);
      },
      opened: (session) => {
        this.session = session;
      },
      forget: (route) => {
        this.routes.delete(route.topic.key);
        this.relax();
      },
    };
  }
}

/** What a channel is told of the error that ended its line. */
function causeOf(error: unknown): unknown {
  if (error instanceof Loss) return error.cause;
  if (error instanceof RetriesExhaustedError && error.cause instanceof Loss) {
    return new RetriesExhaustedError(error.attempts, { cause: error.cause.cause });
  }
  return error;
}

const providerError = (cause: unknown): unknown =>
  cause instanceof WireLostError || isFatal(cause)
    ? cause
    : new WireLostError('auth', 'the endpoint or its credentials could not be had', undefined, { cause });
