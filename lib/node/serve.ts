import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { type Observable, Subject } from 'rxjs';
import { check } from '../errors/checks.js';
import { type OptionRule, aText, checkOptions } from '../errors/optionRules.js';
import { WebSocketServer } from 'ws';
import type { SimulatedVenue } from '../simulation/simulatedVenue.js';
import { asRequest } from './asRequest.js';
import { type DroppedClient, boundOf } from './clientBounds.js';
import { serveRequest } from './serveRequest.js';
import { serveSocket } from './serveSocket.js';

/** Where a simulated venue is served. */
export interface ServeConfig {
  /** Default: 0, a port that the system chooses. */
  readonly port?: number;
  /** Default: `127.0.0.1`, so that nobody outside this machine can reach it. */
  readonly host?: string;
  /** How much may wait for a client that does not read, in bytes; beyond it the client is cut off. Default: 16 Mi. */
  readonly maxHeld?: number;
  /** The longest body of a request and the longest frame taken, in bytes: 413 and 1009 beyond it. Default: 1 Mi. */
  readonly maxBody?: number;
  /** How long a request may take to arrive whole, its head included, in ms; 408 beyond it. Default: 30,000. */
  readonly requestWithin?: number;
}

/** A simulated venue on real sockets. */
export interface ServedVenue {
  /** Base of its sockets, `ws://127.0.0.1:50123`. */
  readonly url: string;
  /** Base of its requests, `http://127.0.0.1:50123`. */
  readonly httpUrl: string;
  /** The one that was asked for, or that the system chose. */
  readonly port: number;
  /** Clients that were cut off because they did not read. Hot. */
  readonly dropped$: Observable<DroppedClient>;
  /** Ends every connection and frees the port. The venue itself stays as it is. */
  close(): Promise<void>;
}

const aWhole = (least: number, most: number): OptionRule => [
  (value: unknown): boolean => Number.isInteger(value) && Number(value) >= least && Number(value) <= most,
  `a whole number from ${least} to ${most}`,
];
const whole = aWhole(1, Number.MAX_SAFE_INTEGER);
const rules = { port: aWhole(0, 65_535), host: aText, maxHeld: whole, maxBody: whole, requestWithin: whole };

function checkVenue(venue: unknown): void {
  const { accept, http } = Object(venue) as { readonly accept?: unknown; readonly http?: unknown };
  const isVenue = typeof accept === 'function' && typeof http === 'function';
  check('venue', isVenue, 'a simulated venue such as simulatedBinance()', typeof venue);
}

/**
 * Serves a simulated venue to any client on this machine, sockets and requests on one port.
 *
 * @throws (rejects) InvalidArgumentError for what can't be meant, and with the system's error when the port can't be had.
 */
export async function serve(
  venue: Pick<SimulatedVenue, 'accept' | 'http' | 'streams'>,
  config: ServeConfig = {},
): Promise<ServedVenue> {
  checkVenue(venue);
  checkOptions('config', config, rules);
  const { port: wanted = 0, host = '127.0.0.1', maxHeld = 2 ** 24, maxBody = 2 ** 20, requestWithin = 30_000 } = config;
  const dropped$ = new Subject<DroppedClient>();
  const bound = boundOf({ maxHeld, maxBody }, dropped$);
  const sockets = new Set<Socket>();
  // A half-open connection must not answer pings, so the venue answers them itself.
  const upgrader = new WebSocketServer({ noServer: true, autoPong: false, maxPayload: maxBody });
  const slow = {
    headersTimeout: requestWithin,
    requestTimeout: requestWithin,
    connectionsCheckingInterval: Math.min(1_000, requestWithin),
  };
  const server = createServer(slow, (request, response) => {
    serveRequest(venue, bound, request, response);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('upgrade', (request, socket, head) => {
    if (request.headers.upgrade?.toLowerCase() !== 'websocket') {
      asRequest(request, socket, head);
      server.emit('connection', socket);
      return;
    }
    serveSocket(venue, bound, upgrader, request, socket, head);
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
    dropped$: dropped$.asObservable(),
    url: `ws://${name}:${port}`,
    httpUrl: `http://${name}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          dropped$.complete();
          resolve();
        });
        for (const client of upgrader.clients) client.terminate();
        for (const socket of sockets) socket.destroy();
        upgrader.close();
      }),
  };
}
