import type { IncomingMessage } from 'node:http';
import { Subject } from 'rxjs';
import type { RawData, WebSocket } from 'ws';
import { bounded } from '../network/live/closing.js';
import type { SocketHandle, SocketListener } from '../network/live/wireFrom.js';

export interface WsSocketConfig {
  readonly url: string;
  readonly protocols: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  /** In bytes. */
  readonly maxFrame: number;
  /** In ms. */
  readonly closeWithin: number;
}

/** The code of a frame too big to take (RFC 6455, 7.4.1). */
const TOO_BIG = 1009;

/** Opens a WebSocket of the `ws` package. Throws what its constructor throws. */
export function wsSocket(
  constructor: typeof WebSocket,
  { url, protocols, headers, maxFrame, closeWithin }: WsSocketConfig,
  listener: SocketListener,
): SocketHandle {
  const options = { headers: { ...headers }, maxPayload: maxFrame, closeTimeout: closeWithin };
  const socket = new constructor(url, [...protocols], options);
  const activity = new Subject<void>();
  let failure: Error | undefined;

  socket.on('open', () => listener.opened());
  socket.on('message', (data) => listener.frame(textOf(data)));
  socket.on('ping', () => activity.next());
  socket.on('pong', () => activity.next());
  socket.on('unexpected-response', (_request, response: IncomingMessage) => {
    response.resume();
    listener.failed(`refused the upgrade with status ${response.statusCode ?? 0}`, response.statusCode);
  });
  // `ws` always tells `close` after `error`: there the code is known.
  socket.on('error', (error) => {
    failure = error;
  });
  socket.on('close', (code, reason) => {
    if (failure === undefined) listener.closed(code, reason.toString());
    else if (isTooBig(failure)) listener.failed(`sent a frame over the limit of ${maxFrame} bytes`, TOO_BIG, failure);
    else listener.failed(`failed${codeOf(failure)}`, code, failure);
  });

  return {
    activity: activity.asObservable(),
    send: (text) => {
      if (socket.readyState === socket.OPEN) socket.send(text, ignore);
    },
    close: (code, reason) => {
      try {
        socket.close(code, bounded(reason));
      } catch {
        socket.close(1000);
      }
    },
    abandon: () => {
      socket.removeAllListeners();
      // Closing while still opening is told as an error, later; unheard, it would end the process.
      socket.on('error', ignore);
      socket.close(1000);
    },
  };
}

function ignore(): void {
  // Whatever it is, the wire is gone already or `close` will tell.
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString();
  return data instanceof ArrayBuffer ? Buffer.from(data).toString() : data.toString();
}

/** Node's own name of what happened (`ECONNREFUSED`), which repeats nothing of the address. */
const codeOf = (error: Error): string => ('code' in error ? `: ${String(error.code)}` : '');
const isTooBig = (error: Error): boolean => 'code' in error && error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH';
