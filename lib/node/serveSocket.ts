import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket, WebSocketServer } from 'ws';
import type { ServerSide, SimulatedConnection, SimulatedVenue } from '../simulation/simulatedVenue.js';
import { heldBack } from './heldBack.js';
import { plainHeaders } from './plainHeaders.js';

/** Lets a client in by a WebSocket, or refuses the upgrade. */
export function serveSocket(
  venue: SimulatedVenue,
  upgrader: WebSocketServer,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): void {
  const { act, release } = heldBack<WebSocket>();
  let client: WebSocket | undefined;
  const connection: SimulatedConnection = {
    send: (text) => {
      act((open) => {
        open.send(text, ignored);
      });
    },
    close: (code, reason) => {
      act((open) => {
        open.close(code, reason);
      });
    },
    terminate: () => {
      act((open) => {
        open.terminate();
      });
    },
    ping: () => {
      act((open) => {
        open.ping(undefined, undefined, ignored);
      });
    },
    pong: () => {
      act((open) => {
        open.pong(undefined, undefined, ignored);
      });
    },
    freeze: () => {
      act((open) => {
        open.pause();
      });
    },
  };

  socket.on('error', ignored);
  const answered = venue.accept({ url: request.url ?? '/', headers: plainHeaders(request.headers) }, connection);
  if (!('receive' in answered)) {
    const { refuse } = answered;
    socket.end(`HTTP/1.1 ${refuse} ${STATUS_CODES[refuse] ?? ''}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    return;
  }
  upgrader.handleUpgrade(request, socket, head, (open) => {
    client = open;
    attach(open, answered);
    release(open);
  });
  // A malformed handshake is turned away by `ws` itself, and nobody else tells the venue.
  if (client === undefined) answered.closed();
}

function attach(client: WebSocket, side: ServerSide): void {
  client.on('message', (data, isBinary) => {
    if (!isBinary) side.receive(textOf(data));
  });
  client.on('ping', () => side.control?.('ping'));
  client.on('pong', () => side.control?.('pong'));
  client.on('error', ignored);
  client.on('close', () => {
    side.closed();
  });
}

function textOf(data: Buffer | ArrayBuffer | readonly Buffer[]): string {
  if (data instanceof ArrayBuffer) return Buffer.from(data).toString('utf8');
  return Buffer.isBuffer(data) ? data.toString('utf8') : Buffer.concat([...data]).toString('utf8');
}

/** A client that breaks off is no error of ours: the `close` that follows tells the venue. */
const ignored = (): void => undefined;
