import { levelOf } from '../../../codec/levelOf.js';
import { timeIfAny } from '../../../codec/isoTime.js';
import { sparingReader } from '../../../codec/sparing.js';
import { leftOutOf } from '../../../feed/leftOut.js';
import type { Report } from '../../../model/fault.js';
import type { Quote } from '../../../model/quote.js';
import type { ChannelSpec } from '../../../socket/channel.js';
import { channelOf } from '../topics.js';
import { isZero, QuoteFrame, type QuoteRow } from './frames.js';

/**
 * The same channel as the ticker, told whenever best bid or ask change. Frames don't tell which of both was asked for, so a
 * wire has one of them.
 */
export const quotesChannel = (symbol: string, report: Report): ChannelSpec<readonly Quote[]> =>
  channelOf(
    'ticker-bbo',
    { channel: 'ticker', symbol, params: { event_trigger: 'bbo' } },
    sparingReader(QuoteFrame, ['data.*.timestamp'], leftOutOf(`ticker-bbo:${symbol}`, report), ({ data }, at) =>
      data.map((row) => quoteOf(row, at)),
    ),
    'ticker',
  );

const quoteOf = ({ symbol, bid, bid_qty, ask, ask_qty, timestamp }: QuoteRow, at: number): Quote => ({
  instrument: symbol,
  bid: isZero(bid) ? undefined : levelOf(bid, bid_qty),
  ask: isZero(ask) ? undefined : levelOf(ask, ask_qty),
  venueTime: timeIfAny(timestamp),
  receivedTime: at,
});
