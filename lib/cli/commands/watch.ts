import { asyncScheduler } from 'rxjs';
import type { WatchRequest } from '../args/request.js';
import type { ExitCode } from '../exitCode.js';
import { presenterFor } from '../report/presenter.js';
import type { Io } from '../terminal/io.js';
import { cliVenue } from '../venues/venues.js';
import { inputs } from './inputs.js';
import { openSource } from './openSource.js';
import { present } from './present.js';

/** Shows one instrument until it is stopped. */
export async function watch(request: WatchRequest, io: Io): Promise<ExitCode> {
  const { instrument, channel, market, interval, depth, json } = request;
  const venue = cliVenue(request.venue);
  const source = await openSource(request.source, venue, market);
  const { network, url, restUrl, origin, notes } = source;
  const feed = venue.open({
    market,
    instrument,
    network,
    ...(url !== undefined && { url }),
    ...(restUrl !== undefined && { restUrl }),
  });
  try {
    return await present(inputs(feed, { instrument, channel, interval }, feed.socket, asyncScheduler), io, {
      subject: { venue: venue.name, market, instrument, channel, origin, notes },
      presenter: presenterFor(io, { json, depth, keepLast: false }),
      scheduler: asyncScheduler,
      for: request.for,
    });
  } finally {
    feed.close();
    await source.close();
  }
}
