import {
  createServer,
  STATUS_CODES,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { HttpRequest } from '../network/network.js';
import { serveStream } from './serveStream.js';
import type { ServerSide, SimulatedConnection, SimulatedVenue } from '../simulation/simulatedVenue.js';

export interface ServeConfig {
  /** Default: 0, a port that the system chooses. */
  readonly port?: number;
  /** Default: `127.0.0.1`, so that nobody outside this machine can reach it. */
  readonly host?: string;
}

/** A simulated venue on real sockets. */
export interface ServedVenue {
  /** Base of its sockets, `ws://127.0.0.1:50123`. */
  readonly url: string;
  /** Base of its requests, `http://127.0.0.1:50123`. */
  readonly httpUrl: string;
  readonly port: number;
  /** Ends every connection and frees the port. The venue itself stays as it is. */
  close(): Promise<void>;
}

const methods: readonly HttpRequest['method'][] = ['GET', 'POST', 'PUT', 'DELETE'];

/**
 * Serves a simulated venue to any client on this machine, sockets and requests on one port.
 *
 * @throws (rejects) with the system's error when the port can't be had.
 */
export async function serve(venue: SimulatedVenue, config: ServeConfig = {}): Promise<ServedVenue> {
  const { port: wanted = 0, host = '127.0.0.1' } = config;
  const sockets = new Set<Socket>();
  // A half-open connection must not answer pings, so the venue answers them itself.
  const upgrader = new WebSocketServer({ noServer: true, autoPong: false });
  const server = createServer((request, response) => {
    answer(venue, request, response);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('upgrade', (request, socket, head) => {
    upgrade(venue, upgrader, request, socket, head);
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(wanted, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const { port } = server.address() as AddressInfo;
  const name = host.includes(':') ? `[${host}]` : host;

  return {
    port,
    url: `ws://${name}:${port}`,
    httpUrl: `http://${name}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const client of upgrader.clients) client.terminate();
        for (const socket of sockets) socket.destroy();
        upgrader.close();
      }),
  };
}

function upgrade(
  venue: SimulatedVenue,
  upgrader: WebSocketServer,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): void {
  // The venue decides before the handshake and may speak at once; what it says waits until there is a socket.
  let client: WebSocket | undefined;
  const waiting: ((client: WebSocket) => void)[] = [];
  const act = (action: (client: WebSocket) => void): void => {
    if (client === undefined) waiting.push(action);
    else action(client);
  };
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
  const answered = venue.accept({ url: request.url ?? '/', headers: plain(request.headers) }, connection);
  if (!('receive' in answered)) {
    const { refuse } = answered;
    socket.end(`HTTP/1.1 ${refuse} ${STATUS_CODES[refuse] ?? ''}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    return;
  }
  upgrader.handleUpgrade(request, socket, head, (open) => {
    client = open;
    attach(open, answered);
    for (const action of waiting) action(open);
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

/** What a client may ask for in one request, in bytes. */
const LONGEST_BODY = 1_048_576;

function answer(venue: SimulatedVenue, request: IncomingMessage, response: ServerResponse): void {
  const method = methods.find((known) => known === request.method);
  if (method === undefined) {
    response.writeHead(405).end();
    return;
  }
  const { url = '/', headers } = request;
  if (method === 'GET' && venue.streams?.(url) === true) {
    serveStream(venue, { url, headers: plain(headers) }, request, response);
    return;
  }
  const chunks: Buffer[] = [];
  let length = 0;
  request.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length <= LONGEST_BODY) chunks.push(chunk);
    else if (!response.headersSent) response.writeHead(413, { connection: 'close' }).end();
  });
  request.once('end', () => {
    if (length > LONGEST_BODY) return;
    const body = length === 0 ? {} : { body: Buffer.concat(chunks).toString('utf8') };
    const subscription = venue.http({ method, url, headers: plain(headers), ...body }).subscribe({
      next: ({ status, headers: answered, body: text }) => {
        response.writeHead(status, answered).end(text);
      },
      error: () => {
        response.writeHead(500).end();
      },
    });
    response.once('close', () => {
      subscription.unsubscribe();
    });
  });
}

const plain = (headers: IncomingHttpHeaders): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );

/** A client that breaks off is no error of ours: the `close` that follows tells the venue. */
const ignored = (): void => undefined;
