import { type Either } from 'fp-ts/lib/Either.js';
import type { Errors } from 'io-ts';
import { Observable, type SchedulerLike, Subject, type Subscriber, merge } from 'rxjs';
import type { ConnectionState } from '../model/connection.js';
import type { Fault } from '../model/fault.js';
import { pathOf } from '../codec/path.js';
import { Budget } from '../network/budget.js';
import type { Network } from '../network/network.js';
import type { BackoffPolicy } from './backoff.js';
import type { ChannelEvent } from './channelEvent.js';
import { ConnectionLog } from './connectionLog.js';
import { Line, type LineContext } from './line.js';
import { MultiplexedSocket } from './multiplexedSocket.js';
import type { Topic, VenuePlan } from './plan.js';
import type { Sink } from './route.js';

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

/** A channel as its venue describes it. */
export interface ChannelSpec<T> {
  readonly topic: Topic;
  /** Reads what the dialect delivered. `at` is when it was received, in ms. */
  readonly decode: (payload: unknown, at: number) => Either<Errors, T>;
}

/** All lines of one venue: which channel rides on which, and what is told about them. */
export class Hub {
  private readonly lines: Line[] = [];
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
      wake: network.wake === undefined ? this.wakes : merge(this.wakes, network.wake),
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

  /** One subscription at the venue per subscription here; share it. Completes by {@link close} only. */
  channel<T>({ topic, decode }: ChannelSpec<T>): Observable<ChannelEvent<T>> {
    return new Observable((subscriber) => {
      if (this.isClosed) {
        subscriber.complete();
        return;
      }
      const line = this.lineFor(topic.group);
      const route = line.want(topic, this.sink(topic.key, decode, subscriber));
      subscriber.add(() => {
        line.drop(route);
      });
    });
  }

  /** Has the venue send a channel from its beginning again. */
  resubscribe(key: string): void {
    for (const line of this.lines) if (line.resubscribe(key)) return;
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

  private sink<T>(channel: string, decode: ChannelSpec<T>['decode'], out: Subscriber<ChannelEvent<T>>): Sink {
    return {
      begun: (at) => {
        out.next({ type: 'begun', at });
      },
      confirmed: (at) => {
        out.next({ type: 'confirmed', at });
      },
      lost: (reason, at) => {
        out.next({ type: 'lost', reason, at });
      },
      message: (payload, at) => {
        const result = this.tryDecode(channel, decode, payload, at);
        if (result === undefined) return;
        if (result._tag === 'Right') out.next({ type: 'message', value: result.right });
        else this.refuse(channel, pathOf(result.left), payload, at);
      },
      refused: (error) => {
        out.error(error);
      },
      failed: (error) => {
        out.error(error);
      },
      closed: () => {
        out.complete();
      },
    };
  }

  private tryDecode<T>(
    channel: string,
    decode: ChannelSpec<T>['decode'],
    payload: unknown,
    at: number,
  ): Either<Errors, T> | undefined {
    try {
      return decode(payload, at);
    } catch (error) {
      this.refuse(channel, error instanceof Error ? error.message : String(error), payload, at);
      return undefined;
    }
  }

  private refuse(channel: string, path: string, payload: unknown, at: number): void {
    const { venue } = this.config.plan;
    const raw = (JSON.stringify(payload) ?? '').slice(0, 200);
    this.report({ type: 'decode', venue, channel, at, path, raw, message: `${venue} ${channel}: refused ${path}` });
  }

  private lineFor(group: string): Line {
    const free = this.lines.find((line) => line.group === group && !line.isFull);
    return free ?? this.addLine(group);
  }

  private addLine(group: string): Line {
    const plan = this.config.plan.wires[group];
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
    const line = this.lines[0] ?? this.addLine(group ?? '');
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
