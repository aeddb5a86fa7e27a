import {
  type Observable,
  type SchedulerLike,
  EMPTY,
  Subscription,
  catchError,
  defer,
  first,
  of,
  retryWhen,
  switchMap,
  tap,
  timer,
} from 'rxjs';
import { isFatal } from '../errors/isFatal.js';
import { WireLostError } from '../errors/wireLostError.js';
import type { ConnectionStatus, WireLoad } from '../model/connection.js';
import type { FaultNotice } from '../model/fault.js';
import type { Budget } from '../network/budget.js';
import type { Network, Wire } from '../network/network.js';
import { steady } from '../time/steadyScheduler.js';
import { within } from '../network/within.js';
import { type BackoffPolicy, backoff } from './backoff.js';
import { lossBy, lossOf } from './lossBy.js';
import type { Attempt, Topic, WirePlan } from './plan.js';
import type { WantedChannel } from './wantedChannel.js';
import { type Session, runSession } from './session.js';

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
  readonly report: (fault: FaultNotice) => void;
  /** Told of a frame that could not be read, and why. */
  readonly unreadable: (why: string, text: string) => void;
  /** Takes every inbound frame, and what hands it to its channels. */
  readonly incoming: (wire: string, text: string, toChannels: (text: string) => void) => void;
  readonly transition: (wire: string, status: ConnectionStatus) => void;
  /** The line serves nobody any more: it is done. */
  readonly retire: (name: string) => void;
}

/** One multiplexed wire over all its sessions: what is wanted of it, and the attempts to have it. */
export interface Line {
  readonly name: string;
  readonly isReady: () => boolean;
  readonly load: () => WireLoad;
  readonly hasRoomFor: (topic: Topic) => boolean;
  /** Wants a channel until {@link drop}. The line connects if it has not. */
  readonly want: (channel: WantedChannel) => void;
  readonly drop: (channel: WantedChannel) => void;
  /** Keeps the wire open without any channel, until {@link release}. */
  readonly hold: () => void;
  readonly release: () => void;
  /** @returns Whether there was a ready wire to take it. */
  readonly send: (text: string) => boolean;
  /** Has one channel subscribed anew, because its book can't be mended otherwise. */
  readonly resubscribe: (key: string) => void;
  readonly close: (code?: number, reason?: string) => void;
}

export function makeLine(name: string, group: string, plan: WirePlan, context: LineContext): Line {
  const { network, handshakeWithin, wireLinger } = context;
  const scheduler = steady(context.scheduler);
  const channels = new Map<string, WantedChannel>();
  let holds = 0;
  let wire: Wire | undefined;
  /** While ready. */
  let session: Session | undefined;
  let running: Subscription | undefined;
  let idling: Subscription | undefined;
  let lastLoss: unknown;
  /** How long the attempt that failed last had been ready, in ms. */
  let uptime = 0;
  /** Our own close: the end of the wire is no loss then. */
  let isClosing = false;
  let status: ConnectionStatus['status'] = 'idle';

  const tell = (next: ConnectionStatus): void => {
    status = next.status;
    context.transition(name, next);
  };

  const stop = (next: 'idle' | 'closed'): void => {
    const ended = running;
    idling?.unsubscribe();
    idling = running = wire = session = lastLoss = undefined;
    // Before anything is told: who wants a channel on hearing it gets a line of its own.
    context.retire(name);
    ended?.unsubscribe();
    tell({ status: next });
  };

  /** Ends the line, and all channels that ride on it. */
  const end = (error?: unknown): void => {
    stop('closed');
    const ended = [...channels.values()];
    channels.clear();
    for (const channel of ended) channel.end(error);
  };

  const relax = (): void => {
    if (holds > 0 || channels.size > 0 || idling !== undefined || running === undefined) return;
    const idle = (): void => {
      stop('idle');
    };
    if (wireLinger === 0) idle();
    else idling = timer(wireLinger, scheduler).subscribe(idle);
  };

  const forget = (channel: WantedChannel): void => {
    channels.delete(channel.topic.key);
    relax();
  };

  const attemptOf = (number: number): Attempt => {
    const topics = [...channels.values()].map(({ topic }) => topic);
    return { number, topics, lost: lastLoss };
  };

  /** One session from the first question for the endpoint to its loss. */
  const session$ = (number: number): Observable<Session> =>
    defer(() => plan.endpoint(attemptOf(number))).pipe(
      first(),
      catchError((error: unknown) => {
        throw lossBy(error, 'auth', 'endpoint');
      }),
      switchMap((endpoint) =>
        network.open(endpoint).pipe(
          tap({
            complete: () => {
              throw new WireLostError('closed', 'the wire ended');
            },
          }),
        ),
      ),
      switchMap((opened) => {
        wire = opened;
        return runSession(opened, { ...context, name, plan, channels, forget });
      }),
      within(handshakeWithin, context, () => new WireLostError('handshake', `not ready within ${handshakeWithin} ms`)),
    );

  const attempt = (number: number): Observable<Session> => {
    let readyAt = Infinity;
    return defer(() => plan.admission?.(attemptOf(number)) ?? of(true)).pipe(
      switchMap(() => context.connections?.run(of(true)) ?? of(true)),
      switchMap(() => session$(number)),
      tap((ready) => {
        session = ready;
        readyAt = scheduler.elapsed();
      }),
      catchError((error: unknown) => {
        if (isClosing) return EMPTY;
        uptime = scheduler.elapsed() - readyAt;
        lose(error);
        throw error;
      }),
    );
  };

  const lose = (error: unknown): void => {
    const at = scheduler.now();
    wire = session = undefined;
    lastLoss = error;
    const { reason, code, text } = lossOf(error);
    tell({ status: 'lost', reason, code, text });
    for (const channel of [...channels.values()]) {
      channel.asks = 0;
      if (channel.phase === 'unsent') continue;
      channel.phase = 'unsent';
      channel.tell({ type: 'lost', reason, at });
    }
  };

  const awaken = (): void => {
    idling?.unsubscribe();
    idling = undefined;
    if (running !== undefined) return;
    // Known before anything is told: whoever hears of it may be done with the line at once.
    const begun = (running = new Subscription());
    let number = 1;
    const sessions$ = defer(() => {
      tell({ status: 'connecting', attempt: number });
      return begun.closed ? EMPTY : attempt(number);
    }).pipe(
      retryWhen(
        backoff({
          ...context,
          policy: context.backoff,
          uptimeOf: () => uptime,
          isFatal,
          onWait: (ms, retry) => {
            number = retry + 1;
            tell({ status: 'waiting', ms, attempt: number });
          },
        }),
      ),
    );
    begun.add(
      sessions$.subscribe({
        next: () => {
          tell({ status: 'ready' });
        },
        error: end,
      }),
    );
  };

  return {
    name,
    isReady: () => session !== undefined,
    load: () => ({ wire: name, status, channels: [...channels.keys()] }),
    hasRoomFor: ({ group: wanted, slot }) =>
      wanted === group &&
      channels.size < plan.limits.channels &&
      (slot === undefined || [...channels.values()].every(({ topic }) => topic.slot !== slot)),
    want: (channel) => {
      channels.set(channel.topic.key, channel);
      session?.wanted(channel);
      awaken();
    },
    drop: (channel) => {
      if (channels.get(channel.topic.key) !== channel) return;
      channels.delete(channel.topic.key);
      session?.dropped(channel);
      relax();
    },
    hold: () => {
      holds += 1;
      awaken();
    },
    release: () => {
      holds -= 1;
      relax();
    },
    send: (text) => {
      session?.send(text);
      return session !== undefined;
    },
    resubscribe: (key) => {
      session?.interrupted(key);
    },
    close: (code, reason) => {
      isClosing = true;
      wire?.close(code, reason);
      end();
    },
  };
}
