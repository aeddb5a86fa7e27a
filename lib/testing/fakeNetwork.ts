import { Observable, ReplaySubject, Subject, type TeardownLogic } from 'rxjs';
import { aFunction, checkOptions } from '../errors/optionRules.js';
import type { Network } from '../network/network.js';
import { fakeRequest, type FakeRequest } from './fakeRequest.js';
import { fakeWire, type FakeWire } from './fakeWire.js';

/** What the client did with a fake network. */
export type NetworkEvent =
  | { readonly type: 'opening'; readonly wire: number; readonly url: string }
  | { readonly type: 'sent'; readonly wire: number; readonly text: string }
  /** By the client: by code, or by unsubscribing (1000). */
  | { readonly type: 'closed'; readonly wire: number; readonly code: number; readonly reason: string }
  | { readonly type: 'requested'; readonly method: string; readonly url: string }
  | { readonly type: 'aborted'; readonly method: string; readonly url: string };

/** What a network is like that a test drives by hand. */
export interface FakeNetworkConfig {
  /** Plays the venue on a wire that was just asked for. What it returns is torn down when the wire ends. */
  readonly onOpening?: (wire: FakeWire) => TeardownLogic;
  /** Called for each text that the client sends. A venue answers later, never within this call. */
  readonly onSent?: (wire: FakeWire, text: string) => void;
  /** Answers a request. What it returns is torn down when the request ends. */
  readonly onRequested?: (request: FakeRequest) => TeardownLogic;
}

/** A network in the hands of a test. */
export interface FakeNetwork extends Network {
  /** Every wire that was ever asked for, in order. */
  readonly wires: readonly FakeWire[];
  /** All that were sent, in order. */
  readonly requests: readonly FakeRequest[];
  /** What the client did, from the beginning. */
  readonly events$: Observable<NetworkEvent>;
  /** Tells the client that the outside may have come back. */
  wakeUp(): void;
}

/**
 * A network without a world: a test opens its wires, delivers their frames and loses them by hand.
 *
 *     const network = fakeNetwork();
 *     binance({ network }).trades('BTCUSDT').subscribe(…);
 *     network.wires[0]?.open();
 *     network.wires[0]?.receive({ stream: 'btcusdt@trade', data: { … } });
 *     network.wires[0]?.lose();
 */
export function fakeNetwork(config: FakeNetworkConfig = {}): FakeNetwork {
  checkOptions('config', config, { onOpening: aFunction, onSent: aFunction, onRequested: aFunction });
  const { onOpening, onSent, onRequested } = config;
  const wires: FakeWire[] = [];
  const requests: FakeRequest[] = [];
  const events$ = new ReplaySubject<NetworkEvent>();
  const wake = new Subject<void>();
  return {
    wires,
    requests,
    events$: events$.asObservable(),
    wake: wake.asObservable(),
    wakeUp: () => {
      wake.next();
    },
    open: (endpoint) =>
      new Observable((subscriber) => {
        const wire = fakeWire(wires.length, endpoint, subscriber, {
          onSent: ({ index }, text) => {
            events$.next({ type: 'sent', wire: index, text });
            onSent?.(wire, text);
          },
          onClosed: ({ index }, code, reason) => {
            events$.next({ type: 'closed', wire: index, code, reason });
          },
        });
        wires.push(wire);
        events$.next({ type: 'opening', wire: wire.index, url: endpoint.url });
        return onOpening?.(wire);
      }),
    request: (request) =>
      new Observable((subscriber) => {
        const { method, url } = request;
        const fake = fakeRequest(request, subscriber, () => {
          events$.next({ type: 'aborted', method, url });
        });
        requests.push(fake);
        events$.next({ type: 'requested', method, url });
        return onRequested?.(fake);
      }),
  };
}
