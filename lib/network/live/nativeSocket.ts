import { Subscription, fromEvent } from 'rxjs';
import { bounded } from './closing.js';
import type { SocketHandle, SocketListener } from './wireFrom.js';

/** What of a WebSocket event is read. */
export interface NativeSocketEvent {
  readonly type?: string;
  readonly data?: unknown;
  readonly code?: number;
  readonly reason?: string;
  readonly error?: unknown;
}

/** The part of the WHATWG `WebSocket` that is used. Those of browsers, Node, Deno, Bun and `ws` all have it. */
export interface NativeSocket {
  readonly readyState: number;
  binaryType: string;
  send(data: string): void;
  close(code?: number, reason?: string): void;
  addEventListener(type: 'open' | 'message' | 'error' | 'close', listener: (event: NativeSocketEvent) => void): void;
  removeEventListener(type: 'open' | 'message' | 'error' | 'close', listener: (event: NativeSocketEvent) => void): void;
}

export type NativeSocketConstructor = new (url: string, protocols?: string[]) => NativeSocket;

const OPEN = 1;
/** No close frame came: the connection broke. Never sent, only told by the platform. */
const ABNORMAL = 1006;
/** The code of a frame too big to take (RFC 6455, 7.4.1). */
const TOO_BIG = 1009;

export interface NativeSocketConfig {
  readonly url: string;
  readonly protocols: readonly string[];
  /** In characters: what a platform's WebSocket hands over is decoded already. */
  readonly maxFrame: number;
}

/** Opens a WebSocket of the platform. Throws what its constructor throws. */
export function nativeSocket(
  constructor: NativeSocketConstructor,
  { url, protocols, maxFrame }: NativeSocketConfig,
  listener: SocketListener,
): SocketHandle {
  const socket = new constructor(url, [...protocols]);
  socket.binaryType = 'arraybuffer';
  const utf8 = new TextDecoder();
  const hearing = new Subscription();
  const on = (type: 'open' | 'message' | 'error' | 'close', hear: (event: NativeSocketEvent) => void): void =>
    hearing.add(fromEvent<NativeSocketEvent>(socket, type).subscribe(hear));

  on('open', () => listener.opened());
  on('message', ({ data }) => {
    const text = typeof data === 'string' ? data : isBytes(data) ? utf8.decode(data) : '';
    if (text.length <= maxFrame) listener.frame(text);
    else listener.failed(`sent a frame over the limit of ${maxFrame}`, TOO_BIG);
  });
  // Nothing more comes but a `close` that says less, and some platforms never tell that.
  on('error', ({ error }) => listener.broke(ABNORMAL, error));
  on('close', ({ code = ABNORMAL, reason = '' }) => listener.closed(code, reason));

  const close = (code: number, reason: string): void => {
    try {
      socket.close(code, bounded(reason));
    } catch {
      // Browsers let nobody but themselves use the codes below 3000 other than 1000.
      socket.close(1000);
    }
  };
  return {
    send: (text) => {
      if (socket.readyState === OPEN) socket.send(text);
    },
    close,
    abandon: () => {
      hearing.unsubscribe();
      // What is told after this moment, an error for closing while still opening included, is told to nobody.
      close(1000, '');
    },
  };
}

/** Not by `instanceof`: what a frame of another realm holds would not be one of ours. */
function isBytes(data: unknown): data is ArrayBuffer {
  return typeof data === 'object' && data !== null && 'byteLength' in data;
}
