import type { Observable } from 'rxjs';
import type { Endpoint, Network, Wire } from '../../../network/network.js';

/** Where the wires of this venue are opened: an endpoint that brings its own way. */
export interface OwnEndpoint extends Endpoint {
  readonly start: () => Observable<Wire>;
}

/** The network that the core opens its wires on: each endpoint knows how it is opened. Requests go as they are. */
export const networkOf = (network: Network): Network => ({
  ...network,
  open: (endpoint) => (isOwn(endpoint) ? endpoint.start() : network.open(endpoint)),
  request: (request) => network.request(request),
});
const isOwn = (endpoint: Endpoint): endpoint is OwnEndpoint => 'start' in endpoint;
