import type { Either } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import type { OperatorFunction } from 'rxjs';
import { levelOf } from '../../../codec/levelOf.js';
import { foldSession } from '../../../feed/foldSession.js';
import type { PriceLevel } from '../../../model/priceLevel.js';
import type { Quote } from '../../../model/quote.js';
import type { ChannelSpec } from '../../../socket/channel.js';
import type { ChannelEvent } from '../../../socket/channelEvent.js';
import { QuoteFrame, quoteDecimals } from '../frames.js';
import { type Unread, sparing } from '../../../codec/sparing.js';
import type { QuotePayload } from '../session/quoteDialect.js';
import { timeOf } from '../scalars.js';
import { numberOf, present } from '../present.js';
import { quoteTopic } from '../topics.js';

type QuoteDecimal = (typeof quoteDecimals)[number];

/** A whole quote, put together out of a full frame and the changes since. Level one, over all exchanges of the US. */
export interface TradestationQuote extends Quote {
  /** The price of the last trade. */
  readonly last: number | undefined;
  /** Its size, in shares or contracts. */
  readonly lastSize: number | undefined;
  /** The exchange of the last trade, in the venue's words. */
  readonly lastVenue: string | undefined;
  /** The first price of the day; high and low are the day’s, too. */
  readonly open: number | undefined;
  readonly high: number | undefined;
  readonly low: number | undefined;
  /** The closing price of the day. */
  readonly close: number | undefined;
  /** Of the day before. */
  readonly previousClose: number | undefined;
  /** How far `last` is from there, in quote units. */
  readonly netChange: number | undefined;
  /** A fraction: 0.01 is one percent. */
  readonly netChangeFraction: number | undefined;
  /** Of the day so far. */
  readonly volume: number | undefined;
  /** Whether quotes come late, for want of an entitlement. */
  readonly isDelayed: boolean | undefined;
  /** Whether trading is stopped. */
  readonly isHalted: boolean | undefined;
  /** Every number as the venue wrote it, under the venue's own names. */
  readonly exact: Readonly<Partial<Record<QuoteDecimal, string>>>;
}

/** What came of a symbol: its quote now, and what of it the frame told. */
export interface QuoteUpdate {
  readonly quote: TradestationQuote;
  readonly frame: QuoteFrame;
  readonly isFull: boolean;
}

interface QuoteMessage {
  readonly frame: QuoteFrame;
  readonly isFull: boolean;
  readonly at: number;
}

const isPayload = (payload: unknown): payload is QuotePayload =>
  typeof payload === 'object' && payload !== null && 'frame' in payload && 'isFull' in payload;

/** What one symbol is told, full frames and changes. */
export const quoteChannel = (symbol: string, unread: Unread): ChannelSpec<QuoteMessage> => {
  const { decode } = sparing(QuoteFrame, [], unread);
  return {
    topic: quoteTopic(symbol),
    decode: (payload, at): Either<t.Errors, QuoteMessage> => {
      if (!isPayload(payload)) return t.failure(payload, []);
      const { isFull } = payload;
      const frame = decode(payload.frame);
      return frame._tag === 'Left' ? frame : t.success({ frame: frame.right, isFull, at });
    },
  };
};

/**
 * Lays changes over the full quote of the session, and forgets it with the session. What is absent or `null` is
 * unchanged, and what could not be read is unknown until it is told again. A line that could not be read at all may have
 * been a change of any symbol: all is forgotten, and the dialect has the stream opened anew.
 */
export const foldQuotes = (): OperatorFunction<ChannelEvent<QuoteMessage>, QuoteUpdate | undefined> =>
  foldSession({
    begin: (): QuoteFrame | undefined => undefined,
    message: (held, { frame, isFull, at }) => {
      // A change of something that is not known.
      if (!isFull && held === undefined) return { known: held, emitted: [] };
      const known = isFull ? frame : merged(held, frame);
      return { known, emitted: [{ quote: quoteOf(known, at), frame, isFull }] };
    },
    missed: 'discard',
  });

function merged(held: QuoteFrame | undefined, frame: QuoteFrame): QuoteFrame {
  // Flags of which nothing could be read are all unknown.
  const MarketFlags = frame.MarketFlags === null ? null : { ...held?.MarketFlags, ...present(frame.MarketFlags ?? {}) };
  return { ...held, ...present(frame), MarketFlags, Symbol: frame.Symbol };
}

function quoteOf(frame: QuoteFrame, at: number): TradestationQuote {
  const exact = decimalsIn(frame);
  return {
    instrument: frame.Symbol,
    bid: levelIn(exact.Bid, exact.BidSize),
    ask: levelIn(exact.Ask, exact.AskSize),
    last: numberOf(frame.Last),
    lastSize: numberOf(frame.LastSize),
    lastVenue: frame.LastVenue ?? undefined,
    open: numberOf(frame.Open),
    high: numberOf(frame.High),
    low: numberOf(frame.Low),
    close: numberOf(frame.Close),
    previousClose: numberOf(frame.PreviousClose),
    netChange: numberOf(frame.NetChange),
    netChangeFraction: numberOf(frame.NetChangePct),
    volume: numberOf(frame.Volume),
    isDelayed: frame.MarketFlags?.IsDelayed ?? undefined,
    isHalted: frame.MarketFlags?.IsHalted ?? undefined,
    exact,
    venueTime: timeOf(frame.TradeTime),
    receivedTime: at,
  };
}

function decimalsIn(frame: QuoteFrame): TradestationQuote['exact'] {
  const exact: Partial<Record<(typeof quoteDecimals)[number], string>> = {};
  for (const name of quoteDecimals) {
    const text = frame[name];
    if (text !== undefined && text !== null) exact[name] = text;
  }
  return exact;
}

/** A price without a size, or with none of it, is nothing that stands there. */
const levelIn = (price = '', size = ''): PriceLevel | undefined =>
  price === '' || Number(size) === 0 ? undefined : levelOf(price, size);
