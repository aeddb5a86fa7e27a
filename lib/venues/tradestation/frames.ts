import * as t from 'io-ts';
import { list, listOfSpared } from '../../codec/list.js';
import { changeFrame } from '../../codec/changeFrame.js';
import { frame } from '../../codec/frame.js';
import { orNone } from '../../codec/orNone.js';
import { orRead } from '../../codec/readFrame.js';
import { Text } from '../../codec/scalars.js';
import { VenueDecimal, decimals, optional, texts, times } from './scalars.js';

/**
 * Source of all: the venue's OpenAPI description of v3, and frames that were seen live where clients recorded them. Numbers
 * are texts unless said otherwise; fields that are not named here are passed over and stay as they are. What may be absent
 * and can't be read costs itself only, and is `null` (`orUnread`).
 */

export const quoteDecimals = [
  ...(['Last', 'Bid', 'Ask', 'Open', 'High', 'Low', 'Close', 'PreviousClose', 'NetChange', 'NetChangePct'] as const),
  ...(['VWAP', 'High52Week', 'Low52Week', 'MinPrice', 'MaxPrice'] as const),
  ...(['LastSize', 'BidSize', 'AskSize', 'Volume', 'PreviousVolume', 'DailyOpenInterest'] as const),
] as const;
const quoteTimes = [
  ...(['TradeTime', 'High52WeekTimestamp', 'Low52WeekTimestamp', 'FirstNoticeDate', 'LastTradingDate'] as const),
] as const;

const MarketFlags = frame(
  'tradestation.MarketFlags',
  {},
  optional(['IsBats', 'IsDelayed', 'IsHalted', 'IsHardToBorrow'], t.boolean),
);

/** A full quote, or what has changed of one: only the symbol is sure to be there. */
export const QuoteFrame = changeFrame(
  'tradestation.Quote',
  { Symbol: Text },
  {
    ...decimals(quoteDecimals),
    ...times(quoteTimes),
    ...texts(['LastVenue', 'TickSizeTier', 'Error']),
    ...optional(['Restrictions'], list(Text, 'Restrictions')),
    ...optional(['MarketFlags'], MarketFlags),
  },
);
export type QuoteFrame = t.TypeOf<typeof QuoteFrame>;

/** One bar, as it stands. It does not name its symbol. `Epoch` is its identity, and its end. */
export const BarFrame = orRead(
  frame(
    'tradestation.Bar',
    {
      Open: VenueDecimal,
      High: VenueDecimal,
      Low: VenueDecimal,
      Close: VenueDecimal,
      TotalVolume: VenueDecimal,
      Epoch: t.Int,
    },
    {
      ...times(['TimeStamp']),
      ...optional(['IsRealtime', 'IsEndOfHistory'], t.boolean),
      ...optional(['BarStatus'], t.keyof({ Open: null, Closed: null }, 'BarStatus')),
      ...decimals(['OpenInterest']),
      ...optional(['UpTicks', 'DownTicks', 'TotalTicks', 'UpVolume', 'DownVolume'], t.Int),
    },
  ),
);
export type BarFrame = t.TypeOf<typeof BarFrame>;

const Side = t.keyof({ Bid: null, Ask: null }, 'Side');

/** What one participant offers at one price. */
export const ParticipantLevel = frame(
  'tradestation.ParticipantLevel',
  { Price: VenueDecimal, Size: VenueDecimal },
  { ...times(['TimeStamp']), ...optional(['Side'], Side), ...optional(['OrderCount'], t.Int), ...texts(['Name']) },
);
export type ParticipantLevel = t.TypeOf<typeof ParticipantLevel>;

/** What all participants together offer at one price. */
export const AggregateLevel = frame(
  'tradestation.AggregateLevel',
  { Price: VenueDecimal, TotalSize: VenueDecimal },
  {
    ...times(['EarliestTime', 'LatestTime']),
    ...optional(['Side'], Side),
    ...decimals(['BiggestSize', 'SmallestSize']),
    ...optional(['NumParticipants', 'TotalOrderCount'], t.Int),
  },
);
export type AggregateLevel = t.TypeOf<typeof AggregateLevel>;

const sides = <A, O>(level: t.Type<A, O>) => ({
  Bids: listOfSpared(level, 'Levels'),
  Asks: listOfSpared(level, 'Levels'),
});
/** The whole book, best first on both sides. */
export const ParticipantDepth = frame('tradestation.ParticipantDepth', sides(ParticipantLevel));
export type ParticipantDepth = t.TypeOf<typeof ParticipantDepth>;
export const AggregateDepth = frame('tradestation.AggregateDepth', sides(AggregateLevel));
export type AggregateDepth = t.TypeOf<typeof AggregateDepth>;

export const spreadDecimals = [
  ...(['Delta', 'Theta', 'Gamma', 'Rho', 'Vega', 'ImpliedVolatility', 'IntrinsicValue', 'ExtrinsicValue'] as const),
  ...(['TheoreticalValue', 'TheoreticalValue_IV', 'ProbabilityITM', 'ProbabilityOTM', 'ProbabilityBE'] as const),
  ...(['ProbabilityITM_IV', 'ProbabilityOTM_IV', 'ProbabilityBE_IV', 'StandardDeviation'] as const),
  ...(['Ask', 'Bid', 'Mid', 'Last', 'Open', 'High', 'Low', 'Close', 'PreviousClose', 'NetChange'] as const),
  ...(['NetChangePct', 'AskSize', 'BidSize', 'Volume', 'DailyOpenInterest'] as const),
] as const;

const SpreadLeg = frame(
  'tradestation.SpreadLeg',
  { Symbol: Text, Ratio: t.Int },
  { ...decimals(['StrikePrice']), ...times(['Expiration']), ...texts(['OptionType', 'AssetType']) },
);
/** An option, or several as one; the legs with their ratios are its name. Sizes are JSON integers here. */
export const SpreadFrame = frame(
  'tradestation.Spread',
  { Legs: listOfSpared(SpreadLeg, 'Legs') },
  {
    ...decimals(spreadDecimals),
    ...optional(['Side'], t.keyof({ Call: null, Put: null, Both: null }, 'SpreadSide')),
    ...optional(['Strikes'], list(VenueDecimal, 'Strikes')),
  },
);
export type SpreadFrame = t.TypeOf<typeof SpreadFrame>;

const TICK_TIME = /^\/Date\((\d+)\)\/$/;
/** `"\/Date(1347566399000)\/"`, in ms. */
const TickTime = new t.Type<number, string, unknown>(
  'TickTime',
  t.number.is,
  (u, c) => {
    const [, ms] = TICK_TIME.exec(typeof u === 'string' ? u : '') ?? [];
    return ms === undefined ? t.failure(u, c) : t.success(Number(ms));
  },
  (ms) => `/Date(${ms})/`,
);
/** A bar of so many ticks, of v2: numbers are JSON numbers. Source: the venue's API of 2017, kept in v2. */
export const TickBarFrame = frame('tradestation.TickBar', {
  Close: VenueDecimal,
  TotalVolume: VenueDecimal,
  TimeStamp: TickTime,
  Status: t.Int,
});
export type TickBarFrame = t.TypeOf<typeof TickBarFrame>;

/** The answer to a request for an access token. */
export const TokenAnswer = frame('tradestation.TokenAnswer', { access_token: Text }, { expires_in: t.unknown });
/** What it says of the next one, whatever else of it can be read: the venue may take no other. */
export const NextToken = frame('tradestation.NextToken', {}, { refresh_token: orNone(Text) });
