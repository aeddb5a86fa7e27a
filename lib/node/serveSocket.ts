import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket, WebSocketServer } from 'ws';
import type { Refusal, ServerSide, SimulatedConnection, SimulatedVenue } from '../simulation/simulatedVenue.js';
import type { Bound } from './clientBounds.js';
import { heldBack } from './heldBack.js';
import { plainHeaders } from './plainHeaders.js';

/** Lets a client in by a WebSocket, or refuses the upgrade. */
export function serveSocket(
  venue: Pick<SimulatedVenue, 'accept' | 'http' | 'streams'>,
  bound: Bound,
  upgrader: WebSocketServer,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): void {
  const { url = '/', headers } = request;
  const { act, release } = heldBack<WebSocket>();
  let client: WebSocket | undefined;
  const echo: Echo = { payload: Buffer.alloc(0) };
  /** Says something to a client that listens; one that lets too much pile up is cut off. */
  const whileOpen = (words: (open: WebSocket) => void): void => {
    act((open) => {
      if (open.readyState !== open.OPEN) return;
      if (bound.holdsTooMuch(url, open.bufferedAmount)) open.terminate();
      else words(open);
    });
  };
  const connection = connectionOf(act, whileOpen, echo);

  socket.on('error', ignored);
  const answered = venue.accept({ url, headers: plainHeaders(headers) }, connection);
  if (!('receive' in answered)) {
    // One that does not end its own side would keep the connection for ever: nothing bounds it once it is no request.
    socket.once('finish', () => socket.destroy());
    socket.end(refusalText(answered));
    return;
  }
  upgrader.handleUpgrade(request, socket, head, (open) => {
    client = open;
    attach(open, answered, echo);
    release(open);
  });
  // A malformed handshake is turned away by `ws` itself, and nobody else tells the venue.
  if (client === undefined) answered.closed();
}

/** What the last ping held: a pong gives it back (RFC 6455, 5.5.3), and some clients leave without. */
interface Echo {
  payload: Buffer;
}

/** Has something done with the client, as soon as it is there. */
type Act = (what: (open: WebSocket) => void) => void;

const connectionOf = (act: Act, whileOpen: Act, echo: Echo): SimulatedConnection => ({
  send: (text) => {
    whileOpen((open) => {
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
    whileOpen((open) => {
      open.ping(undefined, undefined, ignored);
    });
  },
  pong: () => {
    whileOpen((open) => {
      open.pong(echo.payload, undefined, ignored);
    });
  },
  freeze: () => {
    act((open) => {
      open.pause();
    });
  },
});

/** An answer in the place of an upgrade: the status with whatever the venue says to it. */
function refusalText({ refuse, headers = {}, body = '' }: Refusal): string {
  const type = body === '' ? {} : { 'content-type': 'application/json' };
  const length = String(Buffer.byteLength(body));
  const all = Object.entries({ ...type, ...headers, connection: 'close', 'content-length': length });
  const lines = all.map(([name, value]) => `${name}: ${value.replace(/[\r\n]+/g, ' ')}\r\n`);
  return `HTTP/1.1 ${refuse} ${STATUS_CODES[refuse] ?? ''}\r\n${lines.join('')}\r\n${body}`;
}

function attach(client: WebSocket, side: ServerSide, echo: Echo): void {
  client.on('message', (data, isBinary) => {
    if (!isBinary) side.receive(textOf(data));
  });
  client.on('ping', (payload) => {
    echo.payload = payload;
    side.control?.('ping');
  });
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
