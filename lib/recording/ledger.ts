import { type Observable, ReplaySubject, type TimestampProvider, asyncScheduler } from 'rxjs';
import type { Endpoint, HttpRequest, HttpResponse } from '../network/network.js';
import { type RecordedEvent, type RecordedSocket, type RecordingHeader, type SentText, eventLine } from './format.js';
import type { RecorderConfig } from './recorderConfig.js';
import { Redaction } from './redaction.js';

/** A socket that was opened, and what was sent on it so far. */
export interface OpenedSocket extends RecordedSocket {
  readonly sent: SentText[];
}

/** What a recorder has written, and what its header will say. */
export class Ledger {
  readonly #clock: TimestampProvider;
  readonly #redaction: Redaction;
  readonly #sockets: OpenedSocket[] = [];
  readonly #failures = new ReplaySubject<unknown>(1);
  readonly #startedAt: number;
  #isFailed = false;
  #frames = 0;
  #responses = 0;

  constructor(private readonly config: RecorderConfig) {
    this.#clock = config.clock ?? asyncScheduler;
    this.#redaction = new Redaction(config.redact ?? []);
    this.#startedAt = this.#clock.now();
  }

  /** Emits once what the sink threw; nothing is written from then on. */
  readonly failed$: Observable<unknown> = this.#failures.asObservable();

  enlist({ url, headers }: Endpoint): OpenedSocket {
    this.#redaction.headers(headers);
    const number = this.#sockets.length + 1;
    const openedAt = this.#clock.now();
    const socket = { socket: String(number), url: this.#redaction.socket(url), openedAt, sent: [] };
    this.#sockets.push(socket);
    return socket;
  }

  heard({ socket }: OpenedSocket, data: string): void {
    this.#write({ at: this.#clock.now(), kind: 'frame', socket, data: this.#redaction.heard(data) });
  }

  sent({ sent }: OpenedSocket, text: string): void {
    sent.push({ at: this.#clock.now(), data: this.#redaction.sent(text) });
  }

  requested({ headers }: HttpRequest): void {
    this.#redaction.headers(headers);
  }

  answered(request: HttpRequest, { status, body }: HttpResponse): void {
    const url = this.#redaction.url(request.url);
    const redacted = this.#redaction.answered(body, request.url);
    this.#write({ at: this.#clock.now(), kind: 'http', url, status, body: redacted });
  }

  header(): RecordingHeader {
    const { venue, market, source } = this.config;
    const sockets = this.#sockets;
    return {
      recording: 1,
      venue,
      ...(market !== undefined && { market }),
      capturedAt: new Date(sockets[0]?.openedAt ?? this.#startedAt).toISOString().replace(/\.\d+Z$/, 'Z'),
      ...(source !== undefined && { source }),
      url: sockets[0]?.url ?? '',
      sent: sockets.flatMap(({ sent }) => sent.map(({ data }) => data)),
      sockets: sockets.map((socket) => ({ ...socket, sent: [...socket.sent] })),
    };
  }

  counts(): { readonly sockets: number; readonly frames: number; readonly responses: number } {
    return { sockets: this.#sockets.length, frames: this.#frames, responses: this.#responses };
  }

  #write(event: RecordedEvent): void {
    if (this.#isFailed) return;
    try {
      this.config.sink(eventLine(event));
      if (event.kind === 'frame') this.#frames += 1;
      else this.#responses += 1;
    } catch (error) {
      this.#isFailed = true;
      this.#failures.next(error);
    }
  }
}
