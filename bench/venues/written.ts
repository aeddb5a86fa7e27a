import type { VenueStream } from './stream.js';
import { bookStreams } from './written/books.js';
import { bybitStreams } from './written/bybit.js';
import { deribitStreams } from './written/deribit.js';
import { krakenStreams } from './written/kraken.js';
import { okxStreams } from './written/okx.js';

/** Streams of venues that nobody simulates: frames as their documents show them. */
export const writtenStreams = (): readonly VenueStream[] => [
  ...okxStreams(),
  ...bybitStreams(),
  ...deribitStreams(),
  ...krakenStreams(),
  ...bookStreams(),
];
