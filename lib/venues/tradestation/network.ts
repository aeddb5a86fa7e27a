import { type Observable, map } from 'rxjs';
import type { Endpoint, Network, Wire } from '../../network/network.js';

/** Where the wires of this venue are opened: an endpoint that brings its own way. */
export interface OwnEndpoint extends Endpoint {
  readonly start: () => Observable<Wire>;
}

/** The network that the core opens its wires on: each endpoint knows how it is opened. Requests go as they are. */
export const networkOf = (network: Network): Network => ({
  ...network,
  open: (endpoint) => (isOwn(endpoint) ? endpoint.start() : network.open(endpoint)),
  // What other venues call Retry-After.
  request: (request) =>
    network.request(request).pipe(
      map((response) => {
        const reset = response.headers['x-ratelimit-reset'];
        const isAsked = response.status === 429 && response.headers['retry-after'] === undefined;
        return isAsked && reset !== undefined
          ? { ...response, headers: { ...response.headers, 'retry-after': reset } }
          : response;
      }),
    ),
});
const isOwn = (endpoint: Endpoint): endpoint is OwnEndpoint => 'start' in endpoint;
