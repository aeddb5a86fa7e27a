import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpRequest } from '../network/network.js';
import type { SimulatedVenue } from '../simulation/simulatedVenue.js';
import { plainHeaders } from './plainHeaders.js';
import { serveStream } from './serveStream.js';

const methods: readonly HttpRequest['method'][] = ['GET', 'POST', 'PUT', 'DELETE'];

/** What a client may ask for in one request, in bytes. */
const LONGEST_BODY = 1_048_576;

/** Answers a request, by a stream where the venue has one there. */
export function serveRequest(venue: SimulatedVenue, request: IncomingMessage, response: ServerResponse): void {
  const method = methods.find((known) => known === request.method);
  if (method === undefined) {
    response.writeHead(405).end();
    return;
  }
  const { url = '/', headers } = request;
  if (method === 'GET' && venue.streams?.(url) === true) {
    serveStream(venue, { url, headers: plainHeaders(headers) }, request, response);
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
    const subscription = venue.http({ method, url, headers: plainHeaders(headers), ...body }).subscribe({
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
