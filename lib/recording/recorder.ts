import { Observable, Subject, Subscription, type TimestampProvider, tap } from 'rxjs';
import { type OptionRule, aFunction, aNetwork, aText, checkConfig, checkKind, texts } from '../errors/optionRules.js';
import type { Endpoint, Network, Wire } from '../network/network.js';
import type { RecordingHeader } from './format.js';
import { Ledger, type OpenedSocket } from './ledger.js';
import type { RecorderConfig } from './recorderConfig.js';

/** A network that records what goes through it. */
export interface Recorder extends Network {
  /** The header as it stands: the sockets opened so far and all they sent. It is the recording's first line. */
  header(): RecordingHeader;
  /** How much was recorded so far. */
  counts(): { readonly sockets: number; readonly frames: number; readonly responses: number };
  /**
   * Emits once, to late observers too, what the sink threw. After that nothing is recorded: a recording with a hole
   * would be worse than a short one. The network goes on.
   */
  readonly failed$: Observable<unknown>;
}

const aClock: OptionRule = [
  (value) => typeof (Object(value) as Partial<TimestampProvider>).now === 'function',
  'a clock: now',
];
const needed = { sink: aFunction, venue: aText };
const others = { market: aText, source: aText, clock: aClock, redact: texts };

/**
 * Records all that goes through a network: frames and responses as they come, as lines for the sink; what was opened and
 * sent, for the header. Texts are kept byte for byte but for secrets (see `redact`); headers and request bodies are
 * never kept. A frame is recorded before anybody sees it, once for any number of observers and also for none.
 *
 * @throws InvalidArgumentError at once for what can't be meant.
 */
export function recorder(network: Network, config: RecorderConfig): Recorder {
  checkKind('network', aNetwork, network);
  checkConfig('config', config, needed, others);
  const ledger = new Ledger(config);
  return {
    open: (endpoint) => opened(network, endpoint, ledger),
    request: (request) =>
      network.request(request).pipe(
        tap({
          subscribe: () => {
            ledger.requested(request);
          },
          next: (response) => {
            ledger.answered(request, response);
          },
        }),
      ),
    ...(network.wake && { wake: network.wake }),
    answersWithin: network.answersWithin,
    header: () => ledger.header(),
    counts: () => ledger.counts(),
    failed$: ledger.failed$,
  };
}

const opened = (network: Network, endpoint: Endpoint, ledger: Ledger): Observable<Wire> =>
  new Observable((subscriber) => {
    const listening = new Subscription();
    subscriber.add(
      network.open(endpoint).subscribe({
        next: (wire) => {
          const recorded = recordedWire(wire, ledger.enlist(endpoint), ledger);
          subscriber.next(recorded.wire);
          // Where nobody listened, it is recorded all the same.
          if (!subscriber.closed) listening.add(recorded.start());
        },
        error: (error: unknown) => {
          subscriber.error(error);
        },
        complete: () => {
          subscriber.complete();
        },
      }),
    );
    subscriber.add(listening);
  });

/** A wire that is recorded from the first observer on, so that nobody misses what it tells on being listened to. */
function recordedWire(
  wire: Wire,
  socket: OpenedSocket,
  ledger: Ledger,
): { readonly wire: Wire; readonly start: () => Subscription } {
  const messages = new Subject<string>();
  let source: Subscription | undefined;
  const start = (): Subscription =>
    (source ??= wire.messages.subscribe((data) => {
      ledger.heard(socket, data);
      messages.next(data);
    }));
  return {
    start,
    wire: {
      ...(wire.activity && { activity: wire.activity }),
      messages: new Observable((subscriber) => {
        const subscription = messages.subscribe(subscriber);
        start();
        return subscription;
      }),
      send: (text) => {
        ledger.sent(socket, text);
        wire.send(text);
      },
      close: (code, reason) => {
        wire.close(code, reason);
      },
    },
  };
}
