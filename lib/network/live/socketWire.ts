import { Observable } from 'rxjs';
import { PlatformError } from '../../errors/platformError.js';
import { WireLostError } from '../../errors/wireLostError.js';
import { FrameSubject } from '../frameSubject.js';
import type { Endpoint, HttpResponse, Wire } from '../network.js';
import { refusedStream } from '../refusedStream.js';
import { secretsOf } from '../secrets.js';
import type { LiveLimits } from './liveLimits.js';
import { within } from '../within.js';

/** The events of a WebSocket that are heard. */
export type SocketEventType = 'open' | 'message' | 'error' | 'close';

/** What of a WebSocket event is read. */
export interface SocketEvent {
  readonly type?: string;
  readonly data?: unknown;
  readonly code?: number | undefined;
  readonly reason?: string;
  readonly error?: unknown;
  /** What went wrong in our own words, without a secret. From sockets of our own making only. */
  readonly text?: string;
  /** What was answered in the place of an opening. From sockets of our own making only. */
  readonly answer?: HttpResponse;
}

/** The part of the WHATWG `WebSocket` that is used. Those of browsers, Node, Deno, Bun and `ws` all have it. */
export interface Socket {
  /** 0 while it opens, 1 while it is open, 2 while it closes, 3 when it is closed. */
  readonly readyState: number;
  /** How frames of bytes are told; it is set to `arraybuffer`. */
  binaryType: string;
  /** Signs of life below the frames. From sockets of our own making only. */
  readonly activity?: Observable<unknown>;
  /** Sends a text frame. Called while it is open only. */
  send(data: string): void;
  /** Begins to close it, whatever its state; may throw for a code it does not take. */
  close(code?: number, reason?: string): void;
  /** From now on the listener is told of events of that type. */
  addEventListener(type: SocketEventType, listener: (event: SocketEvent) => void): void;
  /** It is told no more. */
  removeEventListener(type: SocketEventType, listener: (event: SocketEvent) => void): void;
}

/** What makes a socket, and begins to open it: the platform's `WebSocket`, or one of a package. */
export type SocketConstructor = new (url: string, protocols?: string[]) => Socket;

const OPEN = 1;
/** No close frame came: the connection broke. Never sent, only told by the platform. */
const ABNORMAL = 1006;
const BROKEN = 'broke, or did not open';
/** The code of a frame too big to take (RFC 6455, 7.4.1). */
const TOO_BIG = 1009;
/** A close frame has room for 123 bytes of reason (RFC 6455, 5.5), and a letter takes up to three. */
const LONGEST_REASON = 41;

/**
 * One wire out of one socket of the platform: open once, then lost with an error, whoever was the one to close it, or
 * complete with our own close.
 *
 * @param open Makes the socket. What it throws is a wire that could not be opened; a `PlatformError` is told as it is.
 */
export function socketWire(
  endpoint: Endpoint,
  open: (endpoint: Endpoint) => Socket,
  limits: LiveLimits,
): Observable<Wire> {
  const { maxFrame = 2 ** 26, openWithin = 10_000 } = limits;
  const secrets = secretsOf(endpoint.url, endpoint.headers);
  const lost = (text: string, code?: number, cause?: unknown, reason: 'failed' | 'closed' = 'failed'): WireLostError =>
    new WireLostError(reason, `${secrets.place} ${text}`, code, secrets.cause(cause));

  return new Observable<Wire>((subscriber) => {
    const messages = new FrameSubject<string>();
    const utf8 = new TextDecoder();
    let socket: Socket;
    try {
      socket = open(endpoint);
    } catch (error) {
      throw error instanceof PlatformError ? error : lost(BROKEN, undefined, error);
    }
    socket.binaryType = 'arraybuffer';

    const on = (type: SocketEventType, hear: (event: SocketEvent) => void): void => {
      socket.addEventListener(type, hear);
      subscriber.add(() => {
        socket.removeEventListener(type, hear);
      });
    };
    const lose = (...facts: Parameters<typeof lost>): void => {
      subscriber.error(lost(...facts));
    };
    on('open', () => {
      subscriber.next({
        messages,
        activity: socket.activity,
        send: (text) => {
          if (socket.readyState === OPEN) socket.send(text);
        },
        close: (code = 1000, reason) => {
          close(socket, code, reason);
          subscriber.complete();
        },
      });
    });
    on('message', ({ data }) => {
      const text = textOf(data, utf8);
      if (text.length <= maxFrame) messages.next(text);
      else lose(`frame over ${maxFrame}`, TOO_BIG);
    });
    // Nothing more comes but a `close` that says less, and some platforms never tell that. Stays on: closing while still
    // opening is told as an error, later, and `ws` ends the process over one that nobody hears.
    socket.addEventListener('error', ({ error, code = ABNORMAL, text = BROKEN, answer }) => {
      if (answer === undefined) lose(text, code, error);
      else subscriber.error(refusedStream(answer, secrets));
    });
    on('close', ({ code = ABNORMAL, reason = '' }) => {
      if (code === ABNORMAL) lose(BROKEN, code);
      else lose(`closed${reason === '' ? '' : `: ${secrets.scrub(reason)}`}`, code, undefined, 'closed');
    });
    subscriber.add(() => {
      close(socket, 1000);
    });
  }).pipe(within(openWithin, limits, () => lost(`did not open within ${openWithin} ms`)));
}

function close(socket: Socket, code: number, reason = ''): void {
  try {
    socket.close(code, reason.slice(0, LONGEST_REASON));
  } catch {
    // Browsers let nobody but themselves use the codes below 3000 other than 1000.
    socket.close(1000);
  }
}

/**
 * The text of a frame. By what it has, not by `instanceof`: what a frame of another realm holds would not be one of ours. Of a
 * platform that hands over anything else, a frame says nothing.
 */
function textOf(data: unknown, utf8: TextDecoder): string {
  if (typeof data === 'string') return data;
  return 'byteLength' in Object(data) ? utf8.decode(data as ArrayBuffer) : '';
}
