import { rangeRule } from '../../book/continuity/range.js';
import { replaceRule } from '../../book/continuity/replace.js';
import { sparingReader } from '../../codec/sparing.js';
import { leftOutOf } from '../../feed/leftOut.js';
import type { Report } from '../../model/fault.js';
import { checkOneOf } from '../../errors/checks.js';
import type { BookSpec } from '../../feed/books.js';
import type { DepthDiff, DepthEvent } from '../../model/depthEvent.js';
import type { PriceLevel } from '../../model/priceLevel.js';
import type { ChannelSpec } from '../../socket/channel.js';
import { BookFrame, WholeBookFrame } from './frames.js';
import { channelOf } from './topics.js';

/** How many levels a side the venue's whole books have. */
export type KucoinDepth = 5 | 50;
const depths: readonly KucoinDepth[] = [5, 50];

interface Depth extends Pick<BookSpec, 'rule'> {
  readonly source: ChannelSpec<DepthEvent>;
}

/** The changes of a book, numbered; they join a snapshot that is asked for. */
export const changesOf = (instrument: string, report: Report): Depth => ({
  source: channelOf(
    '/market/level2',
    instrument,
    sparingReader(BookFrame, ['data.time'], leftOutOf(`/market/level2:${instrument}`, report), toDiff),
  ),
  rule: rangeRule,
});

/** The best levels of a book, whole in each message, every 100 ms. */
export function wholeOf(instrument: string, depth: KucoinDepth, report: Report): Depth {
  checkOneOf('depth', depths, depth);
  const kind = `/spotMarket/level2Depth${depth}`;
  const unread = leftOutOf(`${kind}:${instrument}`, report);
  const read = sparingReader(
    WholeBookFrame,
    ['data.timestamp'],
    unread,
    ({ data: { asks, bids, timestamp } }, at): DepthEvent => {
      return { type: 'snapshot', instrument, bids, asks, venueTime: timestamp, receivedTime: at };
    },
  );
  return { source: channelOf(kind, instrument, read), rule: replaceRule };
}

function toDiff({ data }: BookFrame, at: number): DepthDiff {
  const { symbol, sequenceStart, sequenceEnd, changes, time } = data;
  return {
    type: 'diff',
    instrument: symbol,
    // A frame was captured whose start is one above its end.
    firstSequence: Math.min(sequenceStart, sequenceEnd),
    lastSequence: Math.max(sequenceStart, sequenceEnd),
    bids: priced(changes.bids),
    asks: priced(changes.asks),
    venueTime: time,
    receivedTime: at,
  };
}

/** A price of 0 only moves the sequence. */
const priced = (levels: readonly PriceLevel[]): readonly PriceLevel[] =>
  levels.every(({ price }) => price !== 0) ? levels : levels.filter(({ price }) => price !== 0);
