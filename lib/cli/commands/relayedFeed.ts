import { wsNetwork } from '../../node/wsNetwork.js';
import type { CliVenue } from '../venues/cliVenue.js';
import type { VenueFeed } from '../venues/venueFeed.js';
import { busOver, tokenOf } from './buses.js';
import { busName } from './relay.js';

/** What is shown of a venue that a gateway relays, over NATS or by its WebSocket. */
export async function relayedFeed(url: string, venue: CliVenue, market: string): Promise<VenueFeed> {
  const name = busName(venue.name, market);
  if (!url.startsWith('ws')) return venue.relayed({ market }, { venue: name, bus: await busOver(url.split(',')) });
  const token = tokenOf(process.env);
  const address = token === undefined ? url : `${url}/?token=${encodeURIComponent(token)}`;
  return venue.relayed({ market }, { venue: name, url: address, network: wsNetwork() });
}
