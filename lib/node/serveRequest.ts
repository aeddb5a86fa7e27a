import type { IncomingMessage, ServerResponse } from 'node:http';
import { defer, take } from 'rxjs';
import type { HttpRequest } from '../network/network.js';
import type { SimulatedVenue } from '../simulation/simulatedVenue.js';
import type { Bound } from './clientBounds.js';
import { openToPages } from './openToPages.js';
import { plainHeaders } from './plainHeaders.js';
import { serveStream } from './serveStream.js';

const methods: readonly HttpRequest['method'][] = ['GET', 'POST', 'PUT', 'DELETE'];

/** Answers a request, by a stream where the venue has one there. */
export function serveRequest(
  venue: Pick<SimulatedVenue, 'accept' | 'http' | 'streams'>,
  bound: Bound,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (openToPages(request, response)) return;
  // Of a head alone Node sends no body.
  const asked = request.method === 'HEAD' ? 'GET' : request.method;
  const method = methods.find((known) => known === asked);
  if (method === undefined) {
    response.writeHead(405, { allow: 'GET, HEAD, POST, PUT, DELETE, OPTIONS' }).end();
    return;
  }
  const { url = '/', headers } = request;
  if (request.method === 'GET' && venue.streams?.(url) === true) {
    serveStream(venue, bound, request, response);
    return;
  }
  const { maxBody } = bound;
  const chunks: Buffer[] = [];
  let length = 0;
  request.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length <= maxBody) chunks.push(chunk);
    else if (!response.headersSent) response.writeHead(413, { connection: 'close' }).end();
  });
  request.once('end', () => {
    if (length > maxBody) return;
    const body = length === 0 ? {} : { body: Buffer.concat(chunks).toString('utf8') };
    const answer$ = defer(() => venue.http({ method, url, headers: plainHeaders(headers), ...body }));
    const subscription = answer$.pipe(take(1)).subscribe({
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
