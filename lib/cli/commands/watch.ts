import { asyncScheduler } from 'rxjs';
import type { WatchRequest } from '../args/request.js';
import type { ExitCode } from '../exitCode.js';
import { presenterFor } from '../report/presenterFor.js';
import type { Io } from '../terminal/io.js';
import type { CliVenue } from '../venues/cliVenue.js';
import type { VenueFeed } from '../venues/venueFeed.js';
import { cliVenue } from '../venues/venues.js';
import { inputs } from './inputs.js';
import { openSource } from './openSource.js';
import { present } from './present.js';
import { relayedFeed } from './relayedFeed.js';

/** Shows some instruments until it is stopped. */
export async function watch(request: WatchRequest, io: Io): Promise<ExitCode> {
  const { instruments, channel, market, interval, depth, json } = request;
  const venue = cliVenue(request.venue);
  const { feed, origin, notes, close } = await opened(request, venue);
  try {
    return await present(inputs(feed, { channel, interval }, feed.socket, asyncScheduler), io, {
      subjects: instruments.map((instrument) => ({ venue: venue.name, market, instrument, channel, origin, notes })),
      spell: (symbol) => venue.spell(symbol),
      presenter: presenterFor(io, { json, depth, keepLast: false }),
      scheduler: asyncScheduler,
      for: request.for,
    });
  } finally {
    feed.close();
    await close();
  }
}

interface Opened {
  readonly feed: VenueFeed;
  readonly origin: string;
  readonly notes: readonly string[];
  readonly close: () => Promise<void>;
}

async function opened({ source, market, instruments }: WatchRequest, venue: CliVenue): Promise<Opened> {
  const [instrument = venue.instrument] = instruments;
  if (source.kind === 'relayed') {
    const feed = await relayedFeed(source.url, venue, market);
    return { feed, origin: `relayed by ${source.url}`, notes: [], close: () => Promise.resolve() };
  }
  const { network, url, restUrl, ...rest } = await openSource(source, venue, market);
  const feed = venue.open({
    market,
    instrument,
    network,
    ...(url !== undefined && { url }),
    ...(restUrl !== undefined && { restUrl }),
  });
  return { feed, ...rest };
}
