import { type SchedulerLike, type Subscription, timer } from 'rxjs';
import { bytesOf } from './bytesOf.js';
import { Pacer } from './pacer.js';
import type { TopicRequest, WireLimits } from './plan.js';

export interface OutboxPort {
  readonly limits: Pick<WireLimits, 'messages' | 'requestBytes'>;
  readonly scheduler: SchedulerLike;
  /** What ends the timers, and with them all sending. */
  readonly timers: Subscription;
  readonly transmit: (text: string) => void;
  /** What is to be said about subscriptions, asked when there is room to say it. */
  readonly nextRequest: () => TopicRequest | undefined;
  /** Whether there is anything of that kind. */
  readonly isPending: () => boolean;
  /** Told what was not sent, and how many of it. */
  readonly dropped: (what: string, count: number) => void;
}

/** Texts that wait for their turn on one wire: answers, the user's own. Beyond it the newest is dropped. */
const URGENT_LIMIT = 1_000;

/** All that goes out on one wire, within its budget: texts first, then what there is to say about subscriptions. */
export class Outbox {
  private readonly pacer: Pacer;
  private readonly urgent: string[] = [];
  private flushing: { readonly at: number; readonly timer: Subscription } | undefined;

  constructor(private readonly port: OutboxPort) {
    this.pacer = new Pacer(port.limits.messages, port.scheduler);
    port.timers.add(() => {
      if (this.urgent.length > 0) port.dropped('the wire is gone', this.urgent.length);
    });
  }

  /** Sends a text ahead of all subscriptions. */
  send(text: string): void {
    if (this.urgent.length >= URGENT_LIMIT) {
      this.port.dropped('too many messages wait to be sent', 1);
      return;
    }
    this.urgent.push(text);
    this.flush();
  }

  /** The same ahead of all other texts. */
  sendFirst(text: string): void {
    this.urgent.unshift(text);
    this.flush();
  }

  /** Everything asked for in one tick goes out together. */
  flushSoon(ms = 0): void {
    const { scheduler, timers } = this.port;
    if (timers.closed) return;
    const at = scheduler.now() + ms;
    if (this.flushing !== undefined && this.flushing.at <= at) return;
    this.flushing?.timer.unsubscribe();
    const flushing = timer(ms, scheduler).subscribe(() => {
      this.flushing = undefined;
      this.flush();
    });
    this.flushing = { at, timer: flushing };
    timers.add(flushing);
  }

  private flush(): void {
    while (!this.port.timers.closed) {
      const wait = this.pacer.wait();
      if (wait > 0) {
        if (this.urgent.length > 0 || this.port.isPending()) this.flushSoon(wait);
        return;
      }
      const urgent = this.urgent.shift();
      if (urgent !== undefined) {
        this.transmit(urgent);
        continue;
      }
      const request = this.port.nextRequest();
      if (request === undefined) return;
      if (request.more !== undefined) this.urgent.unshift(...request.more);
      this.transmit(request.text);
    }
  }

  private transmit(text: string | undefined): void {
    const { limits, timers, transmit, dropped } = this.port;
    // What was told while the request was made up may have ended it all.
    if (text === undefined || timers.closed) return;
    if (text.length > limits.requestBytes / 4 && bytesOf(text) > limits.requestBytes) {
      dropped(`a message over the limit of ${limits.requestBytes} bytes`, 1);
      return;
    }
    this.pacer.take();
    transmit(text);
  }
}
