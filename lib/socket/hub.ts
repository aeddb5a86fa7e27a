import { EMPTY, Observable, type SchedulerLike, Subject, catchError, merge } from 'rxjs';
import { excerptOf } from '../codec/excerpt.js';
import { SubscriptionRefusedError } from '../errors/subscriptionRefusedError.js';
import type { ConnectionState, WireLoad } from '../model/connection.js';
import type { Fault, FaultNotice } from '../model/fault.js';
import { makeBudget } from '../network/budget.js';
import type { Network } from '../network/network.js';
import { steady } from '../time/steadyScheduler.js';
import type { BackoffPolicy } from './backoff.js';
import { type Channel, type ChannelSpec, makeChannel } from './channel.js';
import type { ChannelEvent } from './channelEvent.js';
import { makeConnectionLog } from './connectionLog.js';
import { type Line, type LineContext, makeLine } from './line.js';
import { MultiplexedSocket } from './multiplexedSocket.js';
import type { VenuePlan } from './plan.js';
import { waitingFault } from './waitingFault.js';

export interface HubConfig {
  readonly plan: VenuePlan;
  readonly network: Network;
  readonly scheduler: SchedulerLike;
  readonly random: () => number;
  readonly backoff: BackoffPolicy;
  readonly wireLinger: number;
  readonly confirmWithin: number;
  readonly handshakeWithin: number;
}

/** All lines of one venue: which channel rides on which, and what is told about them. */
export interface Hub {
  readonly venue: string;
  readonly socket: MultiplexedSocket;
  readonly connection$: Observable<ConnectionState>;
  readonly faults$: Observable<Fault>;
  /** Tells a fault; whose it is and when is added. */
  readonly report: (fault: FaultNotice) => void;
  /**
   * One subscription at the venue however many observe; unsubscribed when the last one leaves. A late observer is told
   * `begun` and `confirmed` as they stand. Completes by {@link close} only.
   */
  readonly channel: <T>(spec: ChannelSpec<T>) => Observable<ChannelEvent<T>>;
  /** Has the venue send a channel from its beginning again. */
  readonly resubscribe: (key: string) => void;
  readonly plan: () => readonly WireLoad[];
  readonly wake: () => void;
  readonly close: (code?: number, reason?: string) => void;
}

export function makeHub(config: HubConfig): Hub {
  const { network } = config;
  const scheduler = steady(config.scheduler);
  const { venue, wires, wireOf, connections } = config.plan;
  const lines = new Map<string, Line>();
  const channels = new Map<string, Channel<unknown>>();
  const log = makeConnectionLog();
  const faults = new Subject<Fault>();
  const wakes = new Subject<void>();
  let isClosed = false;

  const report = (fault: FaultNotice): void => {
    faults.next({ ...fault, venue, at: scheduler.now() });
  };

  const unreadable = (why: string, text: string, channel?: string): void => {
    const path = why.slice(0, 200);
    const raw = text.slice(0, 200);
    report({ type: 'decode', channel, path, raw, message: `${channel ?? venue}: unreadable: ${path}` });
  };

  const context: LineContext = {
    ...config,
    scheduler,
    venue,
    connections:
      connections &&
      makeBudget([connections], scheduler, (wait) => {
        report(waitingFault('connections', wait));
      }),
    // A broken bell is no reason to lose a wire.
    wake: merge(wakes, network.wake?.pipe(catchError(() => EMPTY)) ?? EMPTY),
    report,
    unreadable,
    incoming: (wire, data, toChannels) => {
      socket.receive({ wire, data }, toChannels);
    },
    transition: (wire, status) => {
      log.tell({ ...status, wire, at: scheduler.now() });
    },
    retire: (name) => {
      lines.delete(name);
    },
  };

  const addLine = (group: string): Line => {
    const plan = wires[group] ?? wireOf?.(group);
    if (plan === undefined) throw new RangeError(`no wire ${group}`);
    let number = 1;
    while (lines.has(`${group}#${number}`)) number += 1;
    const line = makeLine(`${group}#${number}`, group, plan, context);
    lines.set(line.name, line);
    return line;
  };

  /** @returns Whether it was the one of its key: there may be a newer one. */
  const forget = (channel: Channel<unknown>): boolean => {
    const { key } = channel.topic;
    return channels.get(key) === channel && channels.delete(key);
  };

  const begin = (spec: ChannelSpec<unknown>): Channel<unknown> => {
    const { topic } = spec;
    const { key, group } = topic;
    const line = [...lines.values()].find((one) => one.hasRoomFor(topic)) ?? addLine(group);
    const channel = makeChannel(spec, line, {
      refuse: (path, payload) => {
        unreadable(path, excerptOf(payload), key);
      },
      ended: (error) => {
        forget(channel);
        if (error instanceof SubscriptionRefusedError)
          report({ type: 'refused', channel: key, message: error.message });
      },
    });
    channels.set(key, channel);
    return channel;
  };

  const close = (code?: number, reason?: string): void => {
    if (isClosed) return;
    isClosed = true;
    for (const line of [...lines.values()]) line.close(code, reason);
    socket.finish();
    log.finish();
    faults.complete();
  };

  const socket = new MultiplexedSocket({
    send: ({ wire, data }) => {
      const line = wire === undefined ? [...lines.values()].find((one) => one.isReady()) : lines.get(wire);
      if (line?.send(data) === true) return;
      report({ type: 'dropped', count: 1, message: 'not sent: no wire ready' });
    },
    hold: () => {
      const [group] = Object.keys(wires);
      const [first] = lines.values();
      // Where each channel has a wire of its own, there is none for nobody in particular.
      const line = group === undefined ? undefined : (first ?? addLine(group));
      line?.hold();
      return () => line?.release();
    },
    close,
  });
  return {
    venue,
    socket,
    connection$: log.connection$,
    faults$: faults.asObservable(),
    report,
    channel: <T>(spec: ChannelSpec<T>) => {
      const { key } = spec.topic;
      return new Observable<ChannelEvent<T>>((subscriber) => {
        if (isClosed) {
          subscriber.complete();
          return;
        }
        const known = channels.get(key);
        const channel = (known ?? begin(spec)) as Channel<T>;
        channel.observe(subscriber);
        if (known === undefined) channel.line.want(channel);
        subscriber.add(() => {
          if (!channel.isObserved() && forget(channel)) channel.line.drop(channel);
        });
      });
    },
    resubscribe: (key) => {
      channels.get(key)?.line.resubscribe(key);
    },
    plan: () => [...lines.values()].map((line) => line.load()),
    wake: () => {
      wakes.next();
    },
    close,
  };
}
