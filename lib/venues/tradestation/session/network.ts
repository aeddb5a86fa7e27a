import { type Observable, map } from 'rxjs';
import type { Endpoint, HttpResponse, Network, Wire } from '../../../network/network.js';
import { retryAfterOf } from '../../../network/retryAfter.js';

/** Where the wires of this venue are opened: an endpoint that brings its own way. */
export interface OwnEndpoint extends Endpoint {
  readonly start: () => Observable<Wire>;
}

/** The network that the core opens its wires on: each endpoint knows how it is opened. Requests go as they are. */
export const networkOf = (network: Network): Network => ({
  ...network,
  open: (endpoint) => (isOwn(endpoint) ? endpoint.start() : network.open(endpoint)),
  request: (request) => network.request(request).pipe(map(withRetryAfter)),
});
const isOwn = (endpoint: Endpoint): endpoint is OwnEndpoint => 'start' in endpoint;

/** The core reads `Retry-After` alone, since every venue's bundle carries it; this one says the same by another header. */
function withRetryAfter(response: HttpResponse): HttpResponse {
  const ms = retryAfterOf(response.headers);
  if (ms === undefined) return response;
  return { ...response, headers: { ...response.headers, 'retry-after': String(Math.ceil(ms / 1_000)) } };
}
