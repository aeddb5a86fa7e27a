import { NEVER, Observable, type SchedulerLike, Subject, catchError, merge } from 'rxjs';
import type { ConnectionState } from '../model/connection.js';
import type { Fault } from '../model/fault.js';
import { Budget } from '../network/budget.js';
import type { Network } from '../network/network.js';
import type { BackoffPolicy } from './backoff.js';
import { Channel, type ChannelSpec, type ObservedSink } from './channel.js';
import type { ChannelEvent } from './channelEvent.js';
import { ConnectionLog } from './connectionLog.js';
import { Line, type LineContext } from './line.js';
import { MultiplexedSocket } from './multiplexedSocket.js';
import type { Topic, VenuePlan } from './plan.js';
import type { Route } from './route.js';

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

/** How many channels each wire carries at the moment. */
export interface WireLoad {
  readonly wire: string;
  readonly status: ConnectionState['status'];
  readonly channels: readonly string[];
}

/** A channel and the line it rides on. */
interface Ride {
  readonly channel: ObservedSink;
  readonly line: Line;
  route: Route | undefined;
}

/** All lines of one venue: which channel rides on which, and what is told about them. */
export class Hub {
  private readonly lines: Line[] = [];
  private readonly rides = new Map<string, Ride>();
  private readonly byName = new Map<string, Line>();
  private readonly log = new ConnectionLog();
  private readonly faults = new Subject<Fault>();
  private readonly wakes = new Subject<void>();
  private readonly context: LineContext;
  private isClosed = false;

  readonly socket = new MultiplexedSocket({
    send: ({ wire, data }) => {
      this.send(wire, data);
    },
    hold: () => this.hold(),
    close: () => {
      this.close();
    },
  });
  readonly connection$ = this.log.connection$;
  readonly faults$ = this.faults.asObservable();

  constructor(private readonly config: HubConfig) {
    const { plan, network, scheduler } = config;
    this.context = {
      ...config,
      venue: plan.venue,
      connections: plan.connections === undefined ? undefined : new Budget(plan.connections, scheduler),
      // A broken bell is no reason to lose a wire.
      wake: merge(this.wakes, network.wake?.pipe(catchError(() => NEVER)) ?? NEVER),
      report: (fault) => {
        this.report(fault);
      },
      incoming: (wire, data) => {
        this.socket.receive({ wire, data });
      },
      transition: (wire, status) => {
        this.log.tell({ ...status, wire, at: scheduler.now() });
      },
      retire: (line) => {
        this.remove(line);
      },
    };
    // The router: first among the socket's observers, one look-up for the wire and one for the channel.
    this.socket.listen({
      next: ({ wire, data }) => {
        this.byName.get(wire ?? '')?.read(data);
      },
    });
  }

  report(fault: Fault): void {
    this.faults.next(fault);
  }

  /**
   * One subscription at the venue however many observe; unsubscribed when the last one leaves. A late observer is told
   * `begun` and `confirmed` as they stand. Completes by {@link close} only.
   */
  channel<T>(spec: ChannelSpec<T>): Observable<ChannelEvent<T>> {
    const { topic } = spec;
    const { key } = topic;
    return new Observable((subscriber) => {
      if (this.isClosed) {
        subscriber.complete();
        return;
      }
      const ride = this.rides.get(key);
      const channel = (ride?.channel ?? this.makeChannel(spec)) as Channel<T>;
      channel.observe(subscriber);
      if (ride === undefined) {
        const line = this.lineFor(topic);
        const opened: Ride = { channel, line, route: undefined };
        this.rides.set(key, opened);
        const route = (opened.route = line.want(topic, channel));
        // Everybody may have left again while the line told of its connecting.
        if (this.rides.get(key) !== opened) line.drop(route);
      }
      subscriber.add(() => {
        this.leave(key, channel);
      });
    });
  }

  /** Has the venue send a channel from its beginning again. */
  resubscribe(key: string): void {
    this.rides.get(key)?.line.resubscribe(key);
  }

  plan(): readonly WireLoad[] {
    return this.lines.map(({ name, status, channels }) => ({ wire: name, status, channels }));
  }

  wake(): void {
    this.wakes.next();
  }

  close(code?: number, reason?: string): void {
    if (this.isClosed) return;
    this.isClosed = true;
    for (const line of [...this.lines]) line.close(code, reason);
    this.socket.finish();
    this.log.finish();
    this.faults.complete();
    this.wakes.complete();
  }

  private makeChannel<T>(spec: ChannelSpec<T>): Channel<T> {
    return new Channel(spec, {
      refuse: (channel, path, payload, at) => {
        this.refuse(channel, path, payload, at);
      },
      ended: () => {
        this.rides.delete(spec.topic.key);
      },
    });
  }

  private leave(key: string, channel: ObservedSink): void {
    const ride = this.rides.get(key);
    if (ride?.channel !== channel || channel.isObserved) return;
    this.rides.delete(key);
    if (ride.route !== undefined) ride.line.drop(ride.route);
  }

  private refuse(channel: string, path: string, payload: unknown, at: number): void {
    const { venue } = this.config.plan;
    const raw = jsonOf(payload)?.slice(0, 200) ?? '';
    this.report({ type: 'decode', venue, channel, at, path, raw, message: `${venue} ${channel}: refused ${path}` });
  }

  private lineFor(topic: Topic): Line {
    const free = this.lines.find((line) => line.group === topic.group && line.hasRoomFor(topic));
    return free ?? this.addLine(topic.group);
  }

  private addLine(group: string): Line {
    const { wires, wireOf } = this.config.plan;
    const plan = wires[group] ?? wireOf?.(group);
    if (plan === undefined) throw new RangeError(`no wire of the group ${group} at ${this.config.plan.venue}`);
    let number = 1;
    while (this.byName.has(`${group}#${number}`)) number += 1;
    const line = new Line(`${group}#${number}`, group, plan, this.context);
    this.lines.push(line);
    this.byName.set(line.name, line);
    return line;
  }

  private remove(line: Line): void {
    this.byName.delete(line.name);
    const place = this.lines.indexOf(line);
    if (place >= 0) this.lines.splice(place, 1);
  }

  private hold(): () => void {
    const [group] = Object.keys(this.config.plan.wires);
    // Where each channel has a wire of its own, there is none for nobody in particular.
    if (group === undefined) return () => undefined;
    const line = this.lines[0] ?? this.addLine(group);
    line.hold();
    return () => {
      line.release();
    };
  }

  private send(wire: string | undefined, data: string): void {
    const line = wire === undefined ? this.lines.find((one) => one.isReady) : this.byName.get(wire);
    if (line?.send(data) === true) return;
    const { venue } = this.config.plan;
    const at = this.config.scheduler.now();
    this.report({ type: 'dropped', venue, at, count: 1, message: `not sent to ${venue}: no wire is ready` });
  }
}

/** Typed as it is: of `undefined` and of functions there is no JSON. */
const jsonOf = (value: unknown): string | undefined => JSON.stringify(value);
