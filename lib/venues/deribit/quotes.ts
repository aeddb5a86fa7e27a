import { levelOfNumbers } from '../../codec/jsonNumbers.js';
import { reader } from '../../codec/read.js';
import type { PriceLevel } from '../../model/priceLevel.js';
import type { Quote } from '../../model/quote.js';
import type { ChannelSpec } from '../../socket/channel.js';
import { QuoteFrame } from './frames.js';
import { channelOf, instrumentOf } from './topics.js';

/** Best bid and ask, whenever they change. */
export const quotesChannel = (instrument: string): ChannelSpec<Quote> =>
  channelOf(`quote.${instrumentOf(instrument)}`, reader(QuoteFrame, toQuote));

const toQuote = (frame: QuoteFrame, at: number): Quote => ({
  instrument: frame.instrument_name,
  bid: levelIn(frame.best_bid_price, frame.best_bid_amount),
  ask: levelIn(frame.best_ask_price, frame.best_ask_amount),
  venueTime: frame.timestamp,
  receivedTime: at,
});

type Best = Pick<QuoteFrame, 'best_bid_price' | 'best_bid_amount' | 'best_ask_price' | 'best_ask_amount'>;

/** An empty side has an amount of 0. */
export const bestOf = ({
  best_bid_price,
  best_bid_amount,
  best_ask_price,
  best_ask_amount,
}: Best): Pick<Quote, 'bid' | 'ask'> => ({
  bid: levelIn(best_bid_price, best_bid_amount),
  ask: levelIn(best_ask_price, best_ask_amount),
});

const levelIn = (price: number | undefined, amount: number | undefined): PriceLevel | undefined =>
  price === undefined || amount === undefined || amount === 0 ? undefined : levelOfNumbers(price, amount);
