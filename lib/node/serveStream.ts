import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SimulatedConnection, SimulatedVenue } from '../simulation/simulatedVenue.js';
import type { Bound } from './clientBounds.js';
import { heldBack } from './heldBack.js';
import { plainHeaders } from './plainHeaders.js';

/**
 * Answers a GET by a stream: a body in chunks, as the venue sends them, until one side ends it. What the venue sends while
 * it accepts waits for the head.
 */
export function serveStream(
  venue: Pick<SimulatedVenue, 'accept'>,
  { holdsTooMuch }: Pick<Bound, 'holdsTooMuch'>,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { act, release } = heldBack<ServerResponse>();
  const { url = '/', headers: sent } = request;
  const connection: SimulatedConnection = {
    send: (text) => {
      act((open) => {
        if (open.destroyed) return;
        if (holdsTooMuch(url, open.writableLength)) open.destroy();
        else open.write(text);
      });
    },
    close: () => {
      act((open) => {
        open.end();
      });
    },
    terminate: () => {
      act((open) => {
        open.destroy();
      });
    },
  };
  const answered = venue.accept({ url, headers: plainHeaders(sent) }, connection);
  if (!('receive' in answered)) {
    const { refuse, headers = {}, body = '' } = answered;
    response.writeHead(refuse, { 'content-type': 'application/json', ...headers }).end(body);
    return;
  }
  response.once('close', () => {
    answered.closed();
  });
  // A client that breaks off is no error of ours: the `close` that follows tells the venue.
  response.on('error', () => undefined);
  request.resume();
  response.writeHead(200, { 'content-type': 'application/x-ndjson' }).flushHeaders();
  release(response);
}
