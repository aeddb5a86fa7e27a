import { EMPTY, Observable, type SchedulerLike, Subject, catchError, merge } from 'rxjs';
import type { ConnectionState, WireLoad } from '../model/connection.js';
import type { Fault, FaultNotice } from '../model/fault.js';
import { makeAllowance } from '../network/allowance.js';
import { Budget } from '../network/budget.js';
import type { Network } from '../network/network.js';
import { steady } from '../time/steadyScheduler.js';
import { Channel, type ChannelSpec } from './channel.js';
import type { ChannelEvent } from './channelEvent.js';
import { ChannelSubject } from './channelSubject.js';
import { ConnectionLog } from './connectionLog.js';
import { Line } from './line.js';
import { MultiplexedSocket } from './multiplexedSocket.js';
import type { Topic, VenuePlan } from './plan.js';
import { Reports } from './reports.js';
import { SharedStreams } from './sharedStreams.js';
import type { Timing, VenueParts } from './venueParts.js';

export interface HubConfig extends Timing {
  readonly plan: VenuePlan;
  readonly network: Network;
  readonly scheduler: SchedulerLike;
  readonly random: () => number;
  /** Where faults are reported. Default: reports of its own. */
  readonly reports?: Reports | undefined;
}

/** All lines of one venue: which channel rides on which, and what is told about them. */
export class Hub {
  readonly venue: string;
  readonly socket: MultiplexedSocket;
  readonly connection$: Observable<ConnectionState>;
  readonly faults$: Observable<Fault>;
  readonly #plan: VenuePlan;
  readonly #parts: VenueParts;
  readonly #lines = new Map<string, Line>();
  /** The one channel of each key, as long as somebody observes it. */
  readonly #channels: SharedStreams;
  readonly #wakes = new Subject<void>();
  #isClosed = false;

  constructor({ plan, network, scheduler: given, random, reports: ownReports, ...timing }: HubConfig) {
    const { venue, connections, messages, requests } = plan;
    const scheduler = steady(given);
    const reports = ownReports ?? new Reports(venue, scheduler);
    const log = new ConnectionLog();
    this.venue = venue;
    this.#plan = plan;
    this.socket = this.#makeSocket();
    this.connection$ = log.connection$;
    this.faults$ = reports.faults$;
    this.#channels = new SharedStreams({ linger: 0, scheduler });
    this.#parts = {
      connections: connections && new Budget([connections], scheduler),
      shared: { messages: messages && makeAllowance(messages), requests: requests && makeAllowance(requests) },
      // A broken bell is no reason to lose a wire.
      wake: merge(this.#wakes, network.wake?.pipe(catchError(() => EMPTY)) ?? EMPTY),
      socket: this.socket,
      venue,
      network,
      scheduler,
      random,
      timing,
      log,
      reports,
    };
  }

  /** Reports a fault; whose it is and when is added. */
  report(fault: FaultNotice): void {
    this.#parts.reports.report(fault);
  }

  /**
   * One subscription at the venue however many observe; unsubscribed when the last one leaves. A late observer is told
   * `begun` and `confirmed` as they stand. Completes by {@link close} only.
   */
  channel<T>(spec: ChannelSpec<T>): Observable<ChannelEvent<T>> {
    return this.#channels.through(
      spec.topic.key,
      () => new ChannelSubject<T>(),
      (events) => this.#subscription(spec, events),
    );
  }

  /** Has the venue send a channel from its beginning again. */
  resubscribe(key: string): void {
    for (const line of [...this.#lines.values()]) line.resubscribe(key);
  }

  plan(): readonly WireLoad[] {
    return [...this.#lines.values()].map((line) => line.load());
  }

  wake(): void {
    this.#wakes.next();
  }

  close(code?: number, reason?: string): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const line of [...this.#lines.values()]) line.close(code, reason);
    this.socket.finish();
    this.#parts.log.finish();
    this.#parts.reports.finish();
  }

  /** A channel as a source: subscribing is subscribing at the venue, and unsubscribing likewise. `events` is told what comes. */
  #subscription<T>(spec: ChannelSpec<T>, events: Subject<ChannelEvent<T>>): Observable<never> {
    const { topic } = spec;
    return new Observable<never>((subscriber) => {
      if (this.#isClosed) {
        subscriber.complete();
        return;
      }
      const line = this.#lineFor(topic);
      const channel = new Channel(spec, events, subscriber, this.#parts.reports);
      line.want(channel);
      // Afterwards: who leaves while it is being wanted, and comes again, finds the line that there is.
      subscriber.add(() => {
        line.discard(channel);
      });
    });
  }

  #lineFor(topic: Topic): Line {
    return [...this.#lines.values()].find((line) => line.hasRoomFor(topic)) ?? this.#addLine(topic.group);
  }

  #addLine(group: string): Line {
    const plan = this.#plan.wires[group] ?? this.#plan.wireOf?.(group);
    if (plan === undefined) throw new RangeError(`no wire ${group}`);
    let number = 1;
    while (this.#lines.has(`${group}#${number}`)) number += 1;
    const name = `${group}#${number}`;
    const retire = (): void => {
      this.#lines.delete(name);
    };
    const line = new Line({ name, group, plan, retire }, this.#parts);
    this.#lines.set(name, line);
    return line;
  }

  #makeSocket(): MultiplexedSocket {
    return new MultiplexedSocket({
      send: ({ wire, data }) => {
        const line = wire === undefined ? [...this.#lines.values()].find((one) => one.isReady) : this.#lines.get(wire);
        if (line?.send(data) === true) return;
        this.report({ type: 'dropped', count: 1, message: 'not sent: no wire ready' });
      },
      hold: () => {
        const [group] = Object.keys(this.#plan.wires);
        const [first] = this.#lines.values();
        // Where each channel has a wire of its own, there is none for nobody in particular.
        const line = group === undefined ? undefined : (first ?? this.#addLine(group));
        line?.hold();
        return () => line?.release();
      },
      close: () => {
        this.close();
      },
    });
  }
}
