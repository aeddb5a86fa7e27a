import { type SchedulerLike, type Subscription, timer } from 'rxjs';
import { makeAllowance } from '../network/allowance.js';
import { steady } from '../time/steadyScheduler.js';
import { bytesOf } from './bytesOf.js';
import type { TopicRequest, WireLimits } from './plan.js';

export interface OutboxPort {
  readonly limits: Pick<WireLimits, 'messages' | 'requests' | 'requestBytes'>;
  readonly scheduler: SchedulerLike;
  /** What ends the timers, and with them all sending. */
  readonly timers: Subscription;
  readonly transmit: (text: string) => void;
  /** What is to be said about subscriptions, asked when there is room to say it. */
  readonly nextRequest: () => TopicRequest | undefined;
  /** Told what was not sent, and how many of it. */
  readonly dropped: (what: string, count: number) => void;
}

export interface Outbox {
  /** Sends a text ahead of all subscriptions. */
  readonly send: (text: string) => void;
  /** The same ahead of all other texts. */
  readonly sendFirst: (text: string) => void;
  /** Sends what there is room for now. */
  readonly flush: () => void;
  /** Says what there is to say about subscriptions; everything asked for in one tick goes out together. */
  readonly flushSoon: () => void;
}

/** Texts that wait for their turn on one wire: answers, the user's own. Beyond it the newest is dropped. */
const URGENT_LIMIT = 1_000;

/** All that goes out on one wire, within its budget: texts first, then what there is to say about subscriptions. */
export function outbox(port: OutboxPort): Outbox {
  const { limits, timers, nextRequest, dropped } = port;
  const time = steady(port.scheduler);
  const { messages, requests, requestBytes } = limits;
  const pace = messages && makeAllowance(messages);
  const requestPace = requests && makeAllowance(requests);
  const urgent: string[] = [];
  /** By when the next timer has it looked at, as elapsed ms. What waits for the rate of requests holds up no text. */
  let due = Infinity;

  const isOver = (): boolean => timers.closed;

  const flushAfter = (ms: number): void => {
    const mine = time.elapsed() + ms;
    // Whatever comes in before it could not go out earlier.
    if (mine >= due) return;
    due = mine;
    timers.add(
      timer(ms, time).subscribe(() => {
        if (due === mine) due = Infinity;
        flush();
      }),
    );
  };

  const flush = (): void => {
    // What is told while a request is made up may end it all.
    while (!isOver()) {
      const wait = pace?.waitFor(1, time.elapsed()) ?? 0;
      if (wait > 0) {
        flushAfter(wait);
        return;
      }
      let text = urgent.shift();
      if (text === undefined) {
        const hold = requestPace?.waitFor(1, time.elapsed()) ?? 0;
        if (hold > 0) {
          flushAfter(hold);
          return;
        }
        const request = nextRequest();
        if (request === undefined || isOver()) return;
        if (request.text !== undefined) requestPace?.spend(1, time.elapsed());
        urgent.unshift(...(request.more ?? []));
        text = request.text;
      }
      if (text === undefined) continue;
      if (text.length > requestBytes / 4 && bytesOf(text) > requestBytes) {
        dropped(`over ${requestBytes} bytes`, 1);
        continue;
      }
      pace?.spend(1, time.elapsed());
      port.transmit(text);
    }
  };

  timers.add(() => {
    if (urgent.length > 0) dropped('the wire ended', urgent.length);
  });
  return {
    send: (text) => {
      if (urgent.length >= URGENT_LIMIT) {
        dropped('too many wait', 1);
        return;
      }
      urgent.push(text);
      flush();
    },
    sendFirst: (text) => {
      urgent.unshift(text);
      flush();
    },
    flush,
    flushSoon: () => {
      flushAfter(0);
    },
  };
}
