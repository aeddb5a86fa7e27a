import { levelOf } from '../../../codec/levelOf.js';
import { reader } from '../../../codec/read.js';
import type { Quote } from '../../../model/quote.js';
import type { ChannelSpec } from '../../../socket/channel.js';
import { channelOf } from '../topics.js';
import { SpreadFrame } from './frames.js';

/** Best bid and ask whenever they change. */
export const quotesChannel = (symbol: string): ChannelSpec<Quote> =>
  channelOf(
    'spread',
    { channel: 'spread', symbol, params: {} },
    reader(SpreadFrame, (frame, at) => quoteOf(symbol, frame, at)),
  );

const quoteOf = (instrument: string, { spread }: SpreadFrame, at: number): Quote => ({
  instrument,
  bid: levelIfAny(spread.bid, spread.bidVolume),
  ask: levelIfAny(spread.ask, spread.askVolume),
  venueTime: spread.time,
  receivedTime: at,
});

const levelIfAny = (price: string, size: string) => (Number(price) === 0 ? undefined : levelOf(price, size));
