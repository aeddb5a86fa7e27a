import { checksummed } from '../../book/fold.js';
import { chainRule } from '../../book/continuity/chain.js';
import { replaceRule } from '../../book/continuity/replace.js';
import { reader } from '../../codec/read.js';
import { type Unread, sparingReader } from '../../codec/sparing.js';
import { leftOutOf } from '../../feed/leftOut.js';
import type { Report } from '../../model/fault.js';
import { checkOneOf } from '../../errors/checks.js';
import type { BookSpec } from '../../feed/books.js';
import type { DepthEvent } from '../../model/depthEvent.js';
import type { ChannelSpec } from '../../socket/channel.js';
import { checksumTest } from './checksum.js';
import { type Book, BookFrame, WholeBookFrame } from './frames.js';
import { channelOf, instrumentOf } from './topics.js';

/**
 * The venue's book channels. `books`: 400 levels, changes every 100 ms. `books5`: 5 levels, `bbo-tbt`: the best one, whole
 * in each frame, whenever they change, at most every 100 and 10 ms. `books50-l2-tbt` and `books-l2-tbt`: 50 and 400 levels,
 * every 10 ms; OKX refuses them without the login of a VIP account (60011), which this client has not.
 */
export type OkxBookChannel = 'books' | 'books5' | 'bbo-tbt' | 'books50-l2-tbt' | 'books-l2-tbt';

const incremental: readonly OkxBookChannel[] = ['books', 'books50-l2-tbt', 'books-l2-tbt'];
const whole: readonly OkxBookChannel[] = ['books5', 'bbo-tbt'];

interface Depth extends Pick<BookSpec, 'rule' | 'fold' | 'mayCross'> {
  readonly source: ChannelSpec<readonly DepthEvent[]>;
}

/**
 * One book: its channel, and what holds it to the venue's. It may be crossed before opening and in call auctions (docs-v5,
 * "Order book channel"), and numbers or checksums tell every loss.
 */
export function depthOf(instrument: string, channel: OkxBookChannel, report: Report): Depth {
  checkOneOf('channel', [...incremental, ...whole], channel);
  const instId = instrumentOf(instrument);
  return whole.includes(channel)
    ? {
        source: channelOf('public', channel, instId, wholeReader(instId, leftOutOf(`${channel}:${instId}`, report))),
        rule: replaceRule,
        mayCross: true,
      }
    : {
        source: channelOf('books', channel, instId, changesReader(instId)),
        rule: chainRule,
        fold: checksummed(checksumTest()),
        mayCross: true,
      };
}

const changesReader = (instrument: string) =>
  reader(BookFrame, ({ action, data }, at): readonly DepthEvent[] =>
    data.map((book) => (action === 'snapshot' ? snapshotOf(instrument, book, at) : diffOf(instrument, book, at))),
  );

const wholeReader = (instrument: string, unread: Unread) =>
  sparingReader(WholeBookFrame, ['data.*.seqId'], unread, ({ data }, at): readonly DepthEvent[] =>
    data.map((book) => snapshotOf(instrument, book, at)),
  );

const snapshotOf = (instrument: string, { asks, bids, ts, seqId, checksum }: Book, at: number): DepthEvent => ({
  type: 'snapshot',
  instrument,
  sequence: seqId,
  bids,
  asks,
  venueTime: ts,
  receivedTime: at,
  checksum: sent(checksum),
});

const diffOf = (instrument: string, { asks, bids, ts, seqId, prevSeqId, checksum }: Book, at: number): DepthEvent => ({
  type: 'diff',
  instrument,
  lastSequence: seqId,
  previousSequence: prevSeqId,
  bids,
  asks,
  venueTime: ts,
  receivedTime: at,
  checksum: sent(checksum),
});

/** A checksum of 0 is none: the live feed has sent nothing else since June 2026. */
const sent = (checksum: number | undefined): number | undefined => (checksum === 0 ? undefined : checksum);
