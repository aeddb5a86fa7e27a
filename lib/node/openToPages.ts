import type { IncomingMessage, ServerResponse } from 'node:http';

/** How long a page may remember what it is allowed, in s. */
const REMEMBERED = '600';

/**
 * Lets a page of any origin ask and read, and answers what browsers ask beforehand. Of methods and headers a page may have
 * what it names: `*` does not cover `Authorization` (Fetch, "CORS protocol").
 *
 * @returns Whether that was all: there is nothing more to answer.
 */
export function openToPages({ method, headers }: IncomingMessage, response: ServerResponse): boolean {
  response.setHeader('access-control-allow-origin', '*');
  response.setHeader('access-control-expose-headers', '*');
  if (method !== 'OPTIONS') return false;
  const requested = headers['access-control-request-headers'];
  if (requested !== undefined) response.setHeader('access-control-allow-headers', requested);
  // A page of a public address asks whether it may reach this machine.
  if (headers['access-control-request-private-network'] !== undefined) {
    response.setHeader('access-control-allow-private-network', 'true');
  }
  response.setHeader('access-control-allow-methods', 'GET, POST, PUT, DELETE, OPTIONS');
  response.setHeader('access-control-max-age', REMEMBERED);
  response.writeHead(204).end();
  return true;
}
