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
import { type Unread, sparingReader } from '../../../codec/sparing.js';
import type { QuotePayload } from '../session/quoteDialect.js';
import { timeOf } from '../scalars.js';
import { present } from '../present.js';
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
  const read = sparingReader(QuoteFrame, [], unread, (frame) => frame);
  return {
    topic: quoteTopic(symbol),
    decode: (payload, at): Either<t.Errors, QuoteMessage> => {
      if (!isPayload(payload)) return t.failure(payload, []);
      const { isFull } = payload;
      const frame = read(payload.frame, at);
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
    begin: (): Held | undefined => undefined,
    message: (held, { frame, isFull, at }) => {
      // A change of something that is not known.
      if (!isFull && held === undefined) return { known: held, emitted: [] };
      const known = heldOf(frame, isFull ? undefined : held, at);
      return { known, emitted: [{ quote: known.quote, frame, isFull }] };
    },
    missed: 'discard',
  });

/** All that is known of a symbol: its quote, and what that was read of and does not show. */
interface Held {
  readonly time: QuoteFrame['TradeTime'];
  readonly flags: Flags;
  readonly quote: TradestationQuote;
}

type Flags = QuoteFrame['MarketFlags'];

/** What was told, or what it was before where nothing was. */
const toldOr = <T>(told: T | undefined, before: T | undefined): T | undefined => (told === undefined ? before : told);

/** Flags of which nothing could be read are all unknown. */
const flagsOf = (before: Flags, told: Flags): Flags =>
  told === undefined || told === null ? toldOr(told, before) : { ...before, ...present(told) };

/** @param before What was known; what is not told is as it was then. */
function heldOf(frame: QuoteFrame, before: Held | undefined, at: number): Held {
  const { quote } = before ?? {};
  const exact = decimalsIn(frame, quote?.exact);
  const time = toldOr(frame.TradeTime, before?.time);
  const flags = flagsOf(before?.flags, frame.MarketFlags);
  return {
    time,
    flags,
    quote: {
      instrument: frame.Symbol,
      bid: levelIn(exact.Bid, exact.BidSize, quote?.bid),
      ask: levelIn(exact.Ask, exact.AskSize, quote?.ask),
      last: numberOf(exact.Last, quote?.exact.Last, quote?.last),
      lastSize: numberOf(exact.LastSize, quote?.exact.LastSize, quote?.lastSize),
      lastVenue: toldOr(frame.LastVenue, quote?.lastVenue) ?? undefined,
      open: numberOf(exact.Open, quote?.exact.Open, quote?.open),
      high: numberOf(exact.High, quote?.exact.High, quote?.high),
      low: numberOf(exact.Low, quote?.exact.Low, quote?.low),
      close: numberOf(exact.Close, quote?.exact.Close, quote?.close),
      previousClose: numberOf(exact.PreviousClose, quote?.exact.PreviousClose, quote?.previousClose),
      netChange: numberOf(exact.NetChange, quote?.exact.NetChange, quote?.netChange),
      netChangeFraction: numberOf(exact.NetChangePct, quote?.exact.NetChangePct, quote?.netChangeFraction),
      volume: numberOf(exact.Volume, quote?.exact.Volume, quote?.volume),
      isDelayed: flags?.IsDelayed ?? undefined,
      isHalted: flags?.IsHalted ?? undefined,
      exact,
      venueTime: time === before?.time ? quote?.venueTime : timeOf(time),
      receivedTime: at,
    },
  };
}

/** @param before The text that `known` was read of. */
const numberOf = (
  text: string | undefined,
  before: string | undefined,
  known: number | undefined,
): number | undefined => (text === before ? known : text === undefined ? undefined : Number(text));

/** By name, and what is told only: a change tells a few of what there is. */
function decimalsIn(frame: QuoteFrame, before: TradestationQuote['exact'] | undefined): TradestationQuote['exact'] {
  const exact: Partial<Record<QuoteDecimal, string>> = { ...before };
  for (const name in frame) {
    if (!isDecimal(name)) continue;
    const told = frame[name];
    if (told === null) Reflect.deleteProperty(exact, name);
    else if (told !== undefined) exact[name] = told;
  }
  return exact;
}

const decimalNames: ReadonlySet<string> = new Set(quoteDecimals);
const isDecimal = (name: string): name is QuoteDecimal => decimalNames.has(name);

/** A price without a size, or with none of it, is nothing that stands there. */
function levelIn(price = '', size = '', before?: PriceLevel): PriceLevel | undefined {
  if (before?.exact.price === price && before.exact.size === size) return before;
  return price === '' || Number(size) === 0 ? undefined : levelOf(price, size);
}
