import { replaceRule } from '../../book/continuity/replace.js';
import { watermarkRule } from '../../book/continuity/watermark.js';
import { reader } from '../../codec/read.js';
import type { BookSpec } from '../../feed/books.js';
import type { DepthEvent } from '../../model/depthEvent.js';
import type { ChannelSpec } from '../../socket/channel.js';
import { BookFrame, millisOf } from './frames.js';
import { channelOf } from './topics.js';

interface Depth extends Pick<BookSpec, 'rule'> {
  readonly source: ChannelSpec<DepthEvent>;
}

/** The changes of a book. Nothing numbers them; by their times they join a snapshot that is asked for. */
export const changesOf = (pair: string): Depth => ({
  source: channelOf('diff_order_book', pair, readerOf(pair, 'diff')),
  rule: watermarkRule,
});

/** The best 100 levels of a book, whole in each message. */
export const wholeOf = (pair: string): Depth => ({
  source: channelOf('order_book', pair, readerOf(pair, 'snapshot')),
  rule: replaceRule,
});

const readerOf = (instrument: string, type: 'snapshot' | 'diff'): ChannelSpec<DepthEvent>['decode'] =>
  reader(BookFrame, ({ data: { bids, asks, microtimestamp } }, receivedTime): DepthEvent => {
    return { type, instrument, bids, asks, venueTime: millisOf(microtimestamp), receivedTime };
  });
