import type { SchedulerLike, Subscription } from 'rxjs';
import { type Allowance, allOf, makeAllowance } from '../../network/allowance.js';
import { type Alarm, makeAlarm } from '../../time/alarm.js';
import { type SteadyScheduler, steady } from '../../time/steadyScheduler.js';
import { bytesOf } from '../bytesOf.js';
import type { TopicRequest, WireLimits } from '../plan.js';

/** What all wires of a venue spend of, where it counts what comes from an address. */
export interface SharedRates {
  readonly messages: Allowance | undefined;
  readonly requests: Allowance | undefined;
}

export interface OutboxConfig {
  readonly limits: Pick<WireLimits, 'messages' | 'requests' | 'requestBytes'>;
  /** What is left of the rates of all wires of the venue. */
  readonly shared?: SharedRates | undefined;
  readonly scheduler: SchedulerLike;
  /** What ends the timers, and with them all sending. */
  readonly timers: Subscription;
  readonly transmit: (text: string) => void;
  /** What is to be requested about subscriptions, looked up when there is room for it. */
  readonly nextRequest: () => TopicRequest | undefined;
  /** Told what was not sent, and how many of it. */
  readonly discarded: (what: string, count: number) => void;
}

/** Texts that wait for their turn on one wire: answers, the user's own. Beyond it the newest is discarded. */
const URGENT_LIMIT = 1_000;

/** All that goes out on one wire, within its budget: texts first, then what there is to request about subscriptions. */
export class Outbox {
  readonly #pace: Allowance;
  /** That of requests alone: what waits for it holds up no text. */
  readonly #requestPace: Allowance;
  readonly #time: SteadyScheduler;
  readonly #urgent: string[] = [];
  /** Rings when there is room again. Whatever comes in before it could not go out earlier. */
  readonly #alarm: Alarm;

  constructor(private readonly config: OutboxConfig) {
    const { limits, shared, scheduler, timers } = config;
    const allowanceOf = (kind: 'messages' | 'requests'): Allowance => {
      const own = limits[kind];
      return allOf(own && makeAllowance(own), shared?.[kind]);
    };
    this.#pace = allowanceOf('messages');
    this.#requestPace = allowanceOf('requests');
    this.#time = steady(scheduler);
    this.#alarm = makeAlarm(this.#time, () => {
      this.flush();
    });
    timers.add(() => {
      this.#alarm.stop();
      if (this.#urgent.length > 0) config.discarded('the wire ended', this.#urgent.length);
    });
  }

  /** Sends a text ahead of all subscriptions. */
  send(text: string): void {
    if (this.#urgent.length >= URGENT_LIMIT) {
      this.config.discarded('too many wait', 1);
      return;
    }
    this.#urgent.push(text);
    this.flush();
  }

  /** The same ahead of all other texts. */
  sendFirst(text: string): void {
    this.#urgent.unshift(text);
    this.flush();
  }

  /** Sends what there is room for now. */
  flush(): void {
    // What is reported while a request is made up may end it all.
    while (!this.config.timers.closed) {
      const wait = this.#pace.waitFor(1, this.#time.elapsed());
      if (wait > 0) {
        this.#alarm.set(wait);
        return;
      }
      const next = this.#next();
      if (next === undefined) return;
      if (next.text !== undefined) this.#transmit(next.text);
    }
  }

  /** Requests what there is to request about subscriptions; everything wanted in one tick goes out together. */
  flushSoon(): void {
    if (!this.config.timers.closed) this.#alarm.set(0);
  }

  #next(): TopicRequest | undefined {
    const text = this.#urgent.shift();
    if (text !== undefined) return { text };
    const hold = this.#requestPace.waitFor(1, this.#time.elapsed());
    if (hold > 0) {
      this.#alarm.set(hold);
      return undefined;
    }
    const request = this.config.nextRequest();
    if (request === undefined || this.config.timers.closed) return undefined;
    const { text: first, more = [] } = request;
    if (first !== undefined) this.#requestPace.spend(1 + more.length, this.#time.elapsed());
    this.#urgent.unshift(...more);
    return request;
  }

  #transmit(text: string): void {
    const { requestBytes } = this.config.limits;
    if (text.length > requestBytes / 4 && bytesOf(text) > requestBytes) {
      this.config.discarded(`over ${requestBytes} bytes`, 1);
      return;
    }
    this.#pace.spend(1, this.#time.elapsed());
    this.config.transmit(text);
  }
}
