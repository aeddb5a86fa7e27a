import { sparingReader } from '../../../codec/sparing.js';
import { leftOutOf } from '../../../feed/leftOut.js';
import type { Report } from '../../../model/fault.js';
import { timeIfAny } from '../../../codec/isoTime.js';
import type { DepthEvent } from '../../../model/depthEvent.js';
import type { ChannelSpec } from '../../../socket/channel.js';
import type { KrakenDepth } from '../depths.js';
import { channelOf } from '../topics.js';
import { type Book, BookFrame } from './frames.js';

/** A book and its changes. Frames don't tell how deep it is, so a wire has one of each symbol. */
export const depthChannel = (symbol: string, depth: KrakenDepth, report: Report): ChannelSpec<readonly DepthEvent[]> =>
  channelOf(
    `book-${depth}`,
    { channel: 'book', symbol, params: { depth } },
    sparingReader(BookFrame, ['data.*.timestamp'], leftOutOf(`book-${depth}:${symbol}`, report), ({ type, data }, at) =>
      data.map((book) => eventOf(type, book, at)),
    ),
    'book',
  );

function eventOf(type: 'snapshot' | 'update', book: Book, at: number): DepthEvent {
  const { symbol, bids, asks, checksum, timestamp } = book;
  return {
    type: type === 'snapshot' ? 'snapshot' : 'diff',
    instrument: symbol,
    bids,
    asks,
    venueTime: timeIfAny(timestamp),
    receivedTime: at,
    checksum,
  };
}
