import type { ClientRequest, IncomingMessage } from 'node:http';
import { Subject } from 'rxjs';
import { type RawData, WebSocket } from 'ws';
import type { Socket, SocketEvent, SocketEventType } from '../network/live/socketWire.js';
import type { Endpoint } from '../network/network.js';
import { bodyOf } from './bodyOf.js';
import type { Dialled } from './dial.js';
import { plainHeaders } from './plainHeaders.js';
import { type ProxyRefusedError, whenRefused } from './proxyRefusedError.js';

export interface WsSocketOptions {
  /** In bytes. Default: 67,108,864 (64 Mi). */
  readonly maxFrame?: number;
  /** In ms. Default: 2,000. */
  readonly closeWithin?: number;
}

/** The code of a frame too big to take (RFC 6455, 7.4.1). */
const TOO_BIG = 1009;
/** How much of a refusal is read, in bytes. */
const LONGEST_REFUSAL = 4_096;

/**
 * A WebSocket of the `ws` package as platforms have it, with what only `ws` knows: headers, pings, what a refused
 * upgrade was answered, Node's name of what happened. Throws what its constructor throws.
 */
export function wsSocket(
  { url, protocols = [], headers = {} }: Endpoint,
  { maxFrame = 2 ** 26, closeWithin = 2_000 }: WsSocketOptions,
  dialled: Dialled = {},
): Socket {
  let refused: ProxyRefusedError | undefined;
  const options = {
    headers: { ...headers },
    maxPayload: maxFrame,
    closeTimeout: closeWithin,
    ...dialled,
    finishRequest: (request: ClientRequest) => {
      whenRefused(request, (error) => (refused = error));
      request.end();
    },
  };
  const socket = new WebSocket(url, [...protocols], options);
  const activity = new Subject<void>();
  const listeners = new Map<SocketEventType, (event: SocketEvent) => void>();
  let failure: Error | undefined;

  const dispatch = (type: SocketEventType, event: SocketEvent = {}): void => listeners.get(type)?.(event);
  const failed = (text: string, code?: number, error?: Error): void => dispatch('error', { text, code, error });

  socket.on('open', () => dispatch('open'));
  socket.on('message', (data) => dispatch('message', { data: textOf(data) }));
  socket.on('ping', () => activity.next());
  socket.on('pong', () => activity.next());
  socket.on('unexpected-response', (_request, response: IncomingMessage) => {
    if (refused !== undefined) {
      response.resume();
      failed(refused.message, undefined, refused);
      return;
    }
    bodyOf(response, LONGEST_REFUSAL, (body) => {
      const { statusCode: status = 0 } = response;
      dispatch('error', { answer: { status, headers: plainHeaders(response.headers), body } });
    });
  });
  // `ws` always tells `close` after `error`: there the code is known.
  socket.on('error', (error) => {
    failure = error;
  });
  socket.on('close', (code, reason) => {
    if (failure === undefined) dispatch('close', { code, reason: reason.toString() });
    else if (isTooBig(failure)) failed(`frame over ${maxFrame} bytes`, TOO_BIG, failure);
    else failed(`failed${codeOf(failure)}`, code, failure);
  });

  return {
    get readyState() {
      return socket.readyState;
    },
    // Texts are made of the bytes above.
    binaryType: 'arraybuffer',
    activity,
    send: (text) => socket.send(text, ignore),
    close: (code, reason) => socket.close(code, reason),
    addEventListener: (type, listener) => listeners.set(type, listener),
    removeEventListener: (type) => listeners.delete(type),
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
