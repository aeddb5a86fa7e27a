import type { IncomingMessage, ServerResponse } from 'node:http';
import { heldBack } from './heldBack.js';
import type { SimulatedConnection, SimulatedVenue, UpgradeRequest } from '../simulation/simulatedVenue.js';

/**
 * Answers a GET by a stream: a body in chunks, as the venue sends them, until one side ends it. What the venue sends while
 * it accepts waits for the head.
 */
export function serveStream(
  venue: Pick<SimulatedVenue, 'accept'>,
  asked: UpgradeRequest,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { act, release } = heldBack<ServerResponse>();
  const connection: SimulatedConnection = {
    send: (text) => {
      act((open) => {
        if (!open.destroyed) open.write(text);
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
  const answered = venue.accept(asked, connection);
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
