import { Subscription, VirtualTimeScheduler } from 'rxjs';
import { simulatedBinance, type SimulatedBinanceConfig, type SimulatedVenue } from '../../lib/simulation/index.js';
import { WireLostError } from '../../lib/errors/wireLostError.js';
import type { HttpResponse, Wire } from '../../lib/network/network.js';

/** A client that takes what it gets and knows nothing. */
export interface RawClient {
  readonly frames: { readonly at: number; readonly text: string }[];
  readonly signs: number[];
  /** What ended it. */
  readonly ended: { readonly at: number; readonly code: number | undefined; readonly text: string }[];
  readonly opened: number[];
  texts(): string[];
  send(message: object | string): void;
  leave(): void;
}

export interface Stage {
  readonly scheduler: VirtualTimeScheduler;
  readonly venue: SimulatedVenue;
  open(path: string, greeting?: object): RawClient;
  get(path: string): { readonly at: number; readonly response: HttpResponse }[];
  /** Lets virtual time pass up to and including `time`. */
  until(time: number): void;
}

/** A simulated Binance in virtual time. */
export function stage(config: Omit<SimulatedBinanceConfig, 'scheduler'> = {}): Stage {
  const scheduler = new VirtualTimeScheduler();
  const venue = simulatedBinance({ instruments: ['BTCUSDT', 'ETHUSDT'], lateAcks: 0, ...config, scheduler });
  return {
    scheduler,
    venue,
    open: (path, greeting) => {
      const client = { frames: [] as RawClient['frames'], signs: [] as number[], ended: [] as RawClient['ended'] };
      const opened: number[] = [];
      let wire: Wire | undefined;
      const all = new Subscription();
      const send = (message: object | string): void => {
        wire?.send(typeof message === 'string' ? message : JSON.stringify(message));
      };
      const opening = venue.network.open({ url: `wss://venue.example${path}` }).subscribe({
        next: (open) => {
          wire = open;
          opened.push(scheduler.now());
          all.add(open.messages.subscribe((text) => client.frames.push({ at: scheduler.now(), text })));
          all.add(open.activity?.subscribe(() => client.signs.push(scheduler.now())));
          if (greeting !== undefined) send(greeting);
        },
        error: (error: unknown) => {
          if (!(error instanceof WireLostError)) throw error;
          client.ended.push({ at: scheduler.now(), code: error.code, text: error.text });
        },
        complete: () => client.ended.push({ at: scheduler.now(), code: undefined, text: 'complete' }),
      });
      all.add(opening);
      return {
        ...client,
        opened,
        send,
        texts: () => client.frames.map(({ text }) => text),
        leave: () => {
          all.unsubscribe();
        },
      };
    },
    get: (path) => {
      const answers: { at: number; response: HttpResponse }[] = [];
      venue.network
        .request({ method: 'GET', url: `https://venue.example${path}` })
        .subscribe((response) => answers.push({ at: scheduler.now(), response }));
      return answers;
    },
    until: (time) => {
      // Virtual time stops at its last action; this one brings it all the way.
      scheduler.schedule(() => undefined, time - scheduler.now());
      scheduler.maxFrames = time;
      scheduler.flush();
    },
  };
}

export const subscribe = (...params: readonly string[]): object => ({ method: 'SUBSCRIBE', params, id: 1 });
