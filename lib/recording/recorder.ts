import { Observable, ReplaySubject, Subject, Subscription, type TimestampProvider, asyncScheduler, tap } from 'rxjs';
import { type OptionRule, aFunction, aNetwork, aText, checkConfig, checkKind, texts } from '../errors/optionRules.js';
import type { Endpoint, Network, Wire } from '../network/network.js';
import { type RecordedEvent, type RecordedSocket, type RecordingHeader, type SentText, eventLine } from './format.js';
import { Redaction } from './redaction.js';

/** What a recorder records of a network, and where it writes it. */
export interface RecorderConfig {
  /** Takes each event's line, without a line feed, in the order of the recording. The header's is not among them. */
  readonly sink: (line: string) => void;
  readonly venue: string;
  readonly market?: string;
  /** Where the recording comes from, in words. */
  readonly source?: string;
  /** Tells the time of each event, in ms. Any scheduler is one. Default: `asyncScheduler`. */
  readonly clock?: TimestampProvider;
  /**
   * Further names whose values are secret, in the query of a URL, in what is sent and in responses. Known without
   * saying: `key`, `sign`, `auth`, `code`, and all that end in `token`, `secret`, `signature`, `sig`, `password`,
   * `passphrase`, `apikey`, `listenkey`, `jwt`, `authorization`, `cookie`.
   */
  readonly redact?: readonly string[];
}

/** A network that records what goes through it. */
export interface Recorder extends Network {
  /** The header as it stands: the sockets opened so far and all they sent. It is the recording's first line. */
  header(): RecordingHeader;
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

interface OpenedSocket extends RecordedSocket {
  readonly sent: SentText[];
}

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
  const { sink, venue, market, source, clock = asyncScheduler, redact = [] } = config;
  const redaction = new Redaction(redact);
  const sockets: OpenedSocket[] = [];
  const failed$ = new ReplaySubject<unknown>(1);
  const startedAt = clock.now();
  let isFailed = false;
  let frames = 0;
  let responses = 0;

  const record = (event: RecordedEvent): void => {
    if (isFailed) return;
    try {
      sink(eventLine(event));
      if (event.kind === 'frame') frames += 1;
      else responses += 1;
    } catch (error) {
      isFailed = true;
      failed$.next(error);
    }
  };

  const enlist = ({ url, headers }: Endpoint): OpenedSocket => {
    redaction.headers(headers);
    const socket = { socket: String(sockets.length + 1), url: redaction.url(url), openedAt: clock.now(), sent: [] };
    sockets.push(socket);
    return socket;
  };

  const recorded = (
    wire: Wire,
    { socket, sent }: OpenedSocket,
  ): { readonly wire: Wire; readonly start: () => Subscription } => {
    const messages = new Subject<string>();
    let source: Subscription | undefined;
    // The first observer starts it, so that nobody misses what a wire tells on being listened to.
    const start = (): Subscription =>
      (source ??= wire.messages.subscribe((data) => {
        record({ at: clock.now(), kind: 'frame', socket, data: redaction.text(data) });
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
          sent.push({ at: clock.now(), data: redaction.sent(text) });
          wire.send(text);
        },
        close: (code, reason) => {
          wire.close(code, reason);
        },
      },
    };
  };

  return {
    open: (endpoint) =>
      new Observable((subscriber) => {
        const listening = new Subscription();
        subscriber.add(
          network.open(endpoint).subscribe({
            next: (opened) => {
              const { wire, start } = recorded(opened, enlist(endpoint));
              subscriber.next(wire);
              // Where nobody listened, it is recorded all the same.
              if (!subscriber.closed) listening.add(start());
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
      }),
    request: (request) =>
      network.request(request).pipe(
        tap({
          subscribe: () => {
            redaction.headers(request.headers);
          },
          next: ({ status, body }) => {
            const url = redaction.url(request.url);
            record({ at: clock.now(), kind: 'http', url, status, body: redaction.answered(body, request.url) });
          },
        }),
      ),
    ...(network.wake && { wake: network.wake }),
    answersWithin: network.answersWithin,
    header: () => ({
      recording: 1,
      venue,
      ...(market !== undefined && { market }),
      capturedAt: new Date(sockets[0]?.openedAt ?? startedAt).toISOString().replace(/\.\d+Z$/, 'Z'),
      ...(source !== undefined && { source }),
      url: sockets[0]?.url ?? '',
      sent: sockets.flatMap(({ sent }) => sent.map(({ data }) => data)),
      sockets: sockets.map((socket) => ({ ...socket, sent: [...socket.sent] })),
    }),
    counts: () => ({ sockets: sockets.length, frames, responses }),
    failed$: failed$.asObservable(),
  };
}
