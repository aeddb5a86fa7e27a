import { sparingReader } from '../../codec/sparing.js';
import { leftOutOf } from '../../feed/leftOut.js';
import type { Report } from '../../model/fault.js';
import { checkOneOf } from '../../errors/checks.js';
import type { DepthEvent } from '../../model/depthEvent.js';
import type { ChannelSpec } from '../../socket/channel.js';
import { type BybitCategory, depths } from './endpoint.js';
import { BookFrame } from './frames.js';
import { channelOf } from './topics.js';

/**
 * How many levels a side a book has, which decides how often it comes: 1 (10 ms), 50 (20 ms), 200 (100 ms) and 1,000
 * (200 ms); of options 25 (20 ms) and 100 (100 ms).
 */
export type BybitDepth = (typeof depths)[BybitCategory][number];

/** The usual depth of a market. */
export const usualDepth = (category: BybitCategory): BybitDepth => depths[category][0];

/** One book: a snapshot first, then what changed. */
export function depthChannel(
  category: BybitCategory,
  symbol: string,
  depth: BybitDepth,
  report: Report,
): ChannelSpec<DepthEvent> {
  checkOneOf<BybitDepth>('depth', depths[category], depth);
  const topic = `orderbook.${depth}.${symbol}`;
  return channelOf(topic, sparingReader(BookFrame, ['cts'], leftOutOf(topic, report), toEvent));
}

/** Numbers that begin anew begin with a whole book, whatever it is called ("if you receive a new snapshot … `u` is 1"). */
const toEvent = ({ type, ts, cts = ts, data: { s, b, a, u } }: BookFrame, at: number): DepthEvent => {
  return type === 'snapshot' || u === 1
    ? { type: 'snapshot', instrument: s, sequence: u, bids: b, asks: a, venueTime: cts, receivedTime: at }
    : { type: 'diff', instrument: s, lastSequence: u, bids: b, asks: a, venueTime: cts, receivedTime: at };
};
