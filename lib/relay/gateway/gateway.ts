import { type Observable, Subscription, timer } from 'rxjs';
import { every } from '../../socket/every.js';
import { SubscriptionRefusedError } from '../../errors/subscriptionRefusedError.js';
import type { Exchange } from '../../feed/exchange.js';
import type { Candle } from '../../model/candle.js';
import type { SteadyScheduler } from '../../time/steadyScheduler.js';
import type { BusConnection, BusMessage } from '../bus/bus.js';
import { valueKinds } from '../wire/kinds.js';
import { historyOf } from '../wire/pastCandles.js';
import { PIECE, piecesOf } from '../wire/parts.js';
import { type Renaming, encoded } from '../wire/plain.js';
import { ANY, joinSubjects, keyOf, partsOf, statusSubject, streamSubject } from '../wire/subjects.js';
import { BookSource } from './bookSource.js';
import type { AccountNames } from './accountNames.js';
import { candleList } from './candleList.js';
import { ClaimSource } from './claimSource.js';
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
  readonly accounts: AccountNames;
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
    const { exchange, venue, scheduler, as, accounts } = this.config;
    // Wires and faults may tell of an account: whoever may not hear of it does not hear them either.
    const outlet = this.#outlet(statusSubject(venue, as, this.#hasAccounts));
    const status = new StatusReport(exchange, outlet, accounts.renamed);
    this.#running.add(status.run());
    this.#running.add(this.#lookAfterLoss());
    for (const { source } of this.#served.values()) this.#running.add(source.run());
    this.#running.add(
      every(TICK, scheduler).subscribe(() => {
        status.tick();
        for (const { outlet, source } of this.#served.values()) {
          source.look?.();
          outlet.tick();
        }
      }),
    );
  }

  /** Serves a connection until unsubscribed. */
  serve(connection: BusConnection): Subscription {
    const { venue, as } = this.config;
    const serving = new Subscription();
    const kinds = this.#hasAccounts ? [false, true] : [false];
    for (const subject of kinds.flatMap((isAccount) => [as, ANY].map((name) => joinSubjects(venue, name, isAccount)))) {
      const heard = connection.subscribe(subject, (message) => {
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

  get #hasAccounts(): boolean {
    return this.config.offered.some(({ name }) => name.isAccount);
  }

  /** A wire that is lost leaves states behind of which no event says that they are stale: looked for when all know it. */
  #lookAfterLoss(): Subscription {
    const { exchange, scheduler } = this.config;
    const looking = new Subscription();
    const look = (): void => {
      for (const { source } of this.#served.values()) source.look?.();
    };
    looking.add(
      exchange.connection$.subscribe(({ status }) => {
        if (status === 'lost') looking.add(timer(0, scheduler).subscribe(look));
      }),
    );
    return looking;
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

  #serve(offered: Offered): Served {
    const { venue, as } = this.config;
    const outlet = this.#outlet(streamSubject(venue, as, offered.name));
    const send = (message: object): void => {
      outlet.send(message);
    };
    const over = (error?: unknown): void => {
      if (served.ended !== undefined) return;
      const refused = error instanceof SubscriptionRefusedError;
      const why = error instanceof Error ? this.config.accounts.renamed(error.message) : 'ended';
      served.ended = { t: 'b', y: why, refused };
      outlet.send(served.ended);
    };
    const served: Served = { outlet, source: this.#sourceOf(offered, send, over), ended: undefined };
    return served;
  }

  #sourceOf(
    { method, args, name, own }: Offered,
    send: (message: object) => void,
    over: (error?: unknown) => void,
  ): Source {
    const { exchange, accounts } = this.config;
    const stream = <T>(of: string): Observable<T> =>
      calledOn(exchange, of, name.isAccount ? accounts.meant(args) : args);
    const rename: Renaming = name.isAccount ? accounts.renamed : (text) => text;
    if (own === 'states') {
      return new ClaimSource({ claims: { kind: own, state$: stream(method) }, rename, send, over });
    }
    if (own === 'events') {
      return new ClaimSource({ claims: { kind: own, event$: stream(method) }, rename, send, over });
    }
    if (own !== undefined) {
      const kind = { wire: plainWire(rename), isState: own === 'latest' };
      return new ValueSource({ value$: stream(method), kind, send, over });
    }
    const past = historyOf(method, args);
    if (past !== undefined) {
      const state$ = stream<Candle>(method).pipe(candleList(past));
      return new ClaimSource({ claims: { kind: 'states', state$ }, rename, send, over });
    }
    return isValueMethod(method)
      ? new ValueSource({ value$: stream(method), kind: valueKinds[method], send, over })
      : new BookSource({ instrument: String(args[0]), state$: stream('book'), event$: stream('depth'), send, over });
  }

  /** A question about a stream that is not offered is another gateway's. */
  #answer(connection: BusConnection, { subject, text: question, reply }: BusMessage): void {
    const served = this.#served.get(partsOf(subject).key);
    if (served === undefined || reply === undefined) return;
    const { outlet, source, ended } = served;
    const known = {
      g: this.config.as,
      ...outlet.envelope(),
      ...(ended ?? (question === 'join' ? source.joined() : found(source))),
    };
    const text = JSON.stringify(known);
    const { g, ...piece } = { ...known, t: 'p' };
    if (text.length <= PIECE) connection.publish(reply, text);
    else for (const one of piecesOf(text)) connection.publish(reply, JSON.stringify({ g, ...piece, ...one }));
  }
}

const found = (source: Source): object => ({ t: 'h', live: source.isLive() });

/** A value of the venue's own words. Of one that is no object no field could be told. */
const plainWire = (rename: Renaming): { readonly write: (value: unknown) => unknown } => ({
  write: (value) => encoded(value, rename),
});
