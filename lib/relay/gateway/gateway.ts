import { type Observable, Subscription } from 'rxjs';
import { every } from '../../socket/every.js';
import { SubscriptionRefusedError } from '../../errors/subscriptionRefusedError.js';
import type { Exchange } from '../../feed/exchange.js';
import type { SteadyScheduler } from '../../time/steadyScheduler.js';
import type { BusConnection, BusMessage } from '../bus/bus.js';
import { valueKinds } from '../wire/kinds.js';
import { PIECE, piecesOf } from '../wire/parts.js';
import { ANY, joinSubjects, keyOf, partsOf, statusSubject, streamSubject } from '../wire/subjects.js';
import { BookSource } from './bookSource.js';
import { type Offered, calledOn, isValueMethod } from './offer.js';
import { Outlet } from './outlet.js';
import type { Source } from './source.js';
import { StatusReport } from './statusReport.js';
import { ValueSource } from './valueSource.js';

/** How often streams are looked at, in ms: a quiet one tells its head once a second. */
const TICK = 500;

export interface GatewayConfig {
  readonly exchange: Exchange;
  /** What it is called on the bus. */
  readonly venue: string;
  readonly as: string;
  readonly offered: readonly Offered[];
  /** Tells this run from those before it. */
  readonly epoch: string;
  readonly scheduler: SteadyScheduler;
}

/** One stream that is offered, as long as the gateway runs. */
interface Served {
  readonly outlet: Outlet;
  readonly source: Source;
  /** That there is no more of it, and why. */
  ended: object | undefined;
}

/** What holds a venue for others: its streams, and the answers to who joins them. Outlives connections to the bus. */
export class Gateway {
  readonly #served = new Map<string, Served>();
  readonly #running = new Subscription();
  #connection: BusConnection | undefined;

  constructor(private readonly config: GatewayConfig) {
    for (const offered of config.offered) {
      const key = keyOf(offered.name);
      if (!this.#served.has(key)) this.#served.set(key, this.#serve(offered));
    }
  }

  /** Takes the streams up, whether or not there is a bus yet. */
  start(): void {
    const { exchange, venue, scheduler, as } = this.config;
    const status = new StatusReport(exchange, this.#outlet(statusSubject(venue, as)));
    this.#running.add(status.run());
    for (const { source } of this.#served.values()) this.#running.add(source.run());
    this.#running.add(
      every(TICK, scheduler).subscribe(() => {
        status.tick();
        for (const { outlet } of this.#served.values()) outlet.tick();
      }),
    );
  }

  /** Serves a connection until unsubscribed. */
  serve(connection: BusConnection): Subscription {
    const { venue, as } = this.config;
    const serving = new Subscription();
    for (const name of [as, ANY]) {
      const heard = connection.subscribe(joinSubjects(venue, name, false), (message) => {
        this.#answer(connection, message);
      });
      serving.add(() => {
        heard.unsubscribe();
      });
    }
    this.#connection = connection;
    serving.add(() => {
      if (this.#connection === connection) this.#connection = undefined;
    });
    return serving;
  }

  /** Says good-bye, so that whoever hears it looks for another at once. */
  stop(): void {
    this.#running.unsubscribe();
    for (const { outlet, ended } of this.#served.values()) if (ended === undefined) outlet.send({ t: 'b' });
  }

  #outlet(subject: string): Outlet {
    const { epoch, scheduler } = this.config;
    return new Outlet({
      subject,
      epoch,
      now: () => scheduler.now(),
      publish: (to, text) => {
        this.#connection?.publish(to, text);
      },
    });
  }

  #serve({ method, args, name }: Offered): Served {
    const { exchange, venue, as } = this.config;
    const outlet = this.#outlet(streamSubject(venue, as, name));
    const send = (message: object): void => {
      outlet.send(message);
    };
    const over = (error?: unknown): void => {
      if (served.ended !== undefined) return;
      const refused = error instanceof SubscriptionRefusedError;
      served.ended = { t: 'b', y: error instanceof Error ? error.message : 'ended', refused };
      outlet.send(served.ended);
    };
    const stream = <T>(of: string): Observable<T> => calledOn(exchange, of, args);
    const source = isValueMethod(method)
      ? new ValueSource({ value$: stream(method), kind: valueKinds[method], send, over })
      : new BookSource({ instrument: args[0], state$: stream('book'), event$: stream('depth'), send, over });
    const served: Served = { outlet, source, ended: undefined };
    return served;
  }

  /** A question about a stream that is not offered is another gateway's. */
  #answer(connection: BusConnection, { subject, text: question, reply }: BusMessage): void {
    const served = this.#served.get(partsOf(subject).key);
    if (served === undefined || reply === undefined) return;
    const { outlet, source, ended } = served;
    const said = {
      g: this.config.as,
      ...outlet.envelope(),
      ...(ended ?? (question === 'join' ? source.joined() : found(source))),
    };
    const text = JSON.stringify(said);
    const { g, ...piece } = { ...said, t: 'p' };
    if (text.length <= PIECE) connection.publish(reply, text);
    else for (const one of piecesOf(text)) connection.publish(reply, JSON.stringify({ g, ...piece, ...one }));
  }
}

const found = (source: Source): object => ({ t: 'h', live: source.isLive() });
