import { Observable, Subject, VirtualTimeScheduler, of } from 'rxjs';
import { WireLostError } from '../../../lib/errors/wireLostError.js';
import type { Fault } from '../../../lib/model/fault.js';
import type { HttpRequest, HttpResponse } from '../../../lib/network/network.js';
import {
  type TradestationStreamRequest,
  type TradestationExchange,
  type TradestationOptions,
  tradestation,
} from '../../../lib/venues/tradestation/index.js';

/** A stream as the venue has it open. */
export interface Opened {
  readonly request: TradestationStreamRequest;
  readonly token: string;
  say(...lines: readonly string[]): void;
  end(error?: WireLostError): void;
  isOpen(): boolean;
}

export interface Rig {
  readonly exchange: TradestationExchange;
  readonly scheduler: VirtualTimeScheduler;
  readonly streams: Opened[];
  readonly requests: HttpRequest[];
  readonly faults: Fault[];
  readonly wires: string[];
  /** Lets time pass. */
  pass(ms: number): void;
  /** The newest stream of a resource. */
  newest(resource: TradestationStreamRequest['resource']): Opened;
  /** What each value and end of a stream was, as text where it is an end. */
  hear<T>(source$: Observable<T>): { readonly values: T[]; readonly ends: string[]; stop(): void };
}

export interface RigConfig extends Partial<TradestationOptions> {
  /** An opening that is refused. */
  readonly refuse?: (request: TradestationStreamRequest, token: string) => WireLostError | undefined;
  /** Whether a stream that is opened now is never answered. */
  readonly isMute?: () => boolean;
  readonly answer?: (request: HttpRequest) => HttpResponse;
}

export const answered = (value: unknown, status = 200): HttpResponse => ({
  status,
  headers: {},
  body: JSON.stringify(value),
});

/** A TradeStation whose streams say what the test says. */
export function rig({ refuse, isMute, answer, ...options }: RigConfig = {}): Rig {
  const scheduler = new VirtualTimeScheduler();
  const streams: Opened[] = [];
  const requests: HttpRequest[] = [];
  const faults: Fault[] = [];
  const wires: string[] = [];
  let now = 0;
  const exchange = tradestation({
    login: () => [{ value: 'AT1', expiresAt: Infinity }],
    random: () => 0.5,
    linger: 0,
    scheduler,
    ...options,
    network: {
      open: () => of(),
      request: (request) => {
        requests.push(request);
        return of(answer?.(request) ?? answered({ Orders: [], Errors: [] }));
      },
    },
    transport: (request, { token }) =>
      new Observable((subscriber) => {
        const messages = new Subject<string>();
        const refusal = refuse?.(request, token);
        if (refusal !== undefined) {
          subscriber.error(refusal);
          return;
        }
        streams.push({
          request,
          token,
          say: (...lines) => {
            for (const line of lines) messages.next(line);
          },
          end: (error = new WireLostError('closed', 'ended')) => {
            subscriber.error(error);
          },
          isOpen: () => !subscriber.closed,
        });
        if (isMute?.() !== true) subscriber.next({ messages, send: () => undefined, close: () => undefined });
      }),
  });
  exchange.faults$.subscribe((fault) => faults.push(fault));
  exchange.connection$.subscribe(({ wire, status }) => wires.push(`${wire} ${status}`));
  return {
    exchange,
    scheduler,
    streams,
    requests,
    faults,
    wires,
    pass: (ms) => {
      now += ms;
      scheduler.schedule(() => undefined, ms);
      scheduler.maxFrames = now;
      scheduler.flush();
    },
    newest: (resource) => {
      const found = streams.filter(({ request }) => request.resource === resource).at(-1);
      if (found === undefined) throw new RangeError(`no stream of ${resource}`);
      return found;
    },
    hear: <T>(source$: Observable<T>) => {
      const values: T[] = [];
      const ends: string[] = [];
      const subscription = source$.subscribe({
        next: (value) => values.push(value),
        error: (error: unknown) => ends.push(String(error)),
        complete: () => ends.push('complete'),
      });
      return { values, ends, stop: () => subscription.unsubscribe() };
    },
  };
}
