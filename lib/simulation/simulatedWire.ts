import { type SchedulerLike, Subject, type Subscriber } from 'rxjs';
import { WireLostError } from '../errors/wireLostError.js';
import { lineSplitter } from '../network/lines.js';
import type { Wire } from '../network/network.js';
import { refusedStream } from '../network/refusedStream.js';
import { secretsOf } from '../network/secrets.js';
import { type DelayLine, delayLine } from './delayLine.js';
import type { Refusal, ServerSide, SimulatedConnection, SimulatedVenue, UpgradeRequest } from './simulatedVenue.js';

export interface SimulatedWireConfig {
  readonly venue: Pick<SimulatedVenue, 'accept'>;
  readonly request: UpgradeRequest;
  readonly scheduler: SchedulerLike;
  /** How long a message takes up, in ms. */
  readonly upTime: number;
  /** The same of the next one down. */
  readonly downTime: () => number;
}

type Downward =
  | { readonly type: 'answer' }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'ping' | 'pong' }
  | { readonly type: 'end'; readonly code: number; readonly reason: string }
  | { readonly type: 'goodbye' };
type Upward =
  { readonly type: 'connect' } | { readonly type: 'text'; readonly text: string } | { readonly type: 'pong' };

/** One connection to a simulated venue: what is under way in both directions. */
export class SimulatedWire {
  readonly #messages = new Subject<string>();
  readonly #activity = new Subject<'ping' | 'pong'>();
  readonly #isHttp: boolean;
  readonly #down: DelayLine<Downward>;
  readonly #up: DelayLine<Upward>;
  /** A stream by HTTP comes in pieces that mean nothing. */
  readonly #lines = lineSplitter(Infinity, (line) => {
    this.#messages.next(line);
  });
  #side: ServerSide | undefined;
  #refused: Refusal | undefined;
  #isLeaving = false;

  /** @param subscriber Told of the wire when the venue let it in, and of its end. */
  constructor(
    private readonly config: SimulatedWireConfig,
    private readonly subscriber: Subscriber<Wire>,
  ) {
    const { request, scheduler, upTime, downTime } = config;
    this.#isHttp = isHttp(request.url);
    this.#down = delayLine<Downward>(scheduler, downTime, (item) => this.#arrivedHere(item));
    this.#up = delayLine<Upward>(
      scheduler,
      () => upTime,
      (item) => this.#arrivedThere(item),
    );
  }

  /** A plain object, as wires are that are had of others: whoever stands in between may spread it. */
  readonly wire: Wire = {
    messages: this.#messages.asObservable(),
    activity: this.#activity.asObservable(),
    send: (text) => {
      if (!this.#isLeaving) this.#up.push({ type: 'text', text });
    },
    close: () => {
      if (this.#isLeaving) return;
      this.#leave();
      this.#down.push({ type: 'goodbye' });
    },
  };

  /** Sets out for the venue. */
  connect(): void {
    this.#up.push({ type: 'connect' });
  }

  /** Ends it at once: what was under way to the venue still arrives, and no timer stays behind. */
  end(): void {
    this.#leave();
    this.#down.clear();
    this.#messages.complete();
    this.#activity.complete();
  }

  #leave(): void {
    if (this.#isLeaving) return;
    this.#isLeaving = true;
    if (this.#side === undefined) this.#up.clear();
    else this.#up.flush();
    this.#up.clear();
    this.#down.clear();
    this.#side?.closed();
  }

  #arrivedThere(item: Upward): void {
    if (item.type === 'text') this.#side?.receive(item.text);
    else if (item.type === 'pong') this.#side?.control?.('pong');
    else this.#accept();
  }

  #accept(): void {
    this.#push({ type: 'answer' });
    const answer = this.config.venue.accept(this.config.request, this.#connection());
    if ('receive' in answer) this.#side = answer;
    else this.#refused = answer;
  }

  /** The wire as the venue has it. */
  #connection(): SimulatedConnection {
    return {
      send: (text) => {
        this.#push({ type: 'text', text });
      },
      close: (code, reason = '') => {
        this.#push({ type: 'end', code, reason });
      },
      terminate: () => {
        this.#push({ type: 'end', code: 1006, reason: 'broke without a closing handshake' });
      },
      ping: () => {
        this.#push({ type: 'ping' });
      },
      pong: () => {
        this.#push({ type: 'pong' });
      },
    };
  }

  #push(item: Downward): void {
    if (!this.#isLeaving) this.#down.push(item);
  }

  #arrivedHere(item: Downward): void {
    const { subscriber } = this;
    const { url, headers } = this.config.request;
    switch (item.type) {
      case 'answer':
        if (this.#refused === undefined) subscriber.next(this.wire);
        else subscriber.error(refusalOf(this.#refused, url, headers));
        return;
      case 'text':
        this.#receive(item.text);
        return;
      case 'ping':
        this.#activity.next('ping');
        this.#up.push({ type: 'pong' });
        return;
      case 'pong':
        this.#activity.next('pong');
        return;
      case 'end':
        subscriber.error(new WireLostError('closed', `${where(url)}: ${item.reason}`, item.code));
        return;
      case 'goodbye':
        subscriber.complete();
    }
  }

  #receive(text: string): void {
    if (!this.#isHttp) this.#messages.next(text);
    else {
      this.#activity.next('ping');
      this.#lines.push(text);
    }
  }
}

/** A URL for people: without its query, which may hold secrets. */
const where = (url: string): string => url.split('?')[0] ?? '';

const isHttp = (url: string): boolean => /^https?:/.test(url);

/** As a network of sockets tells it, or as one of streams does. */
function refusalOf(
  { refuse: status, headers: answered = {}, body = '' }: Refusal,
  url: string,
  headers: Readonly<Record<string, string>>,
): WireLostError {
  if (isHttp(url)) return refusedStream({ status, headers: answered, body }, secretsOf(url, headers));
  return new WireLostError('failed', `${where(url)} refused the connection`, status);
}
