import { listOfSpared } from '../../../codec/list.js';
import type { OperatorFunction } from 'rxjs';
import { check } from '../../../errors/checks.js';
import { type OptionRule, aBoolean, aText, checkOptions, oneOf } from '../../../errors/optionRules.js';
import { foldSession } from '../../../feed/foldSession.js';
import type { FoldContext } from '../../../feed/foldContext.js';
import type { ChannelSpec } from '../../../socket/channel.js';
import type { ChannelEvent } from '../../../socket/channelEvent.js';
import { SpreadFrame, spreadDecimals } from '../frames.js';
import { type Unread, sparingReader } from '../../../codec/sparing.js';
import { timeOf } from '../scalars.js';
import { known, numberOf, present } from '../present.js';
import { type TradestationStreamRequest, marketDataRequest, symbolOf, topicOf } from '../topics.js';

type SpreadDecimal = (typeof spreadDecimals)[number];

/** Which part of a chain. What is not named is as the venue has it by default. */
export interface TradestationChainOptions {
  /** The expiration, such as `12-17-2021`. Default: the next one. */
  readonly expiration?: string;
  /** The later one of a `Calendar` or `Diagonal`. */
  readonly expiration2?: string;
  /** Strikes around the price, on both sides. Default: 5. */
  readonly strikeProximity?: number;
  /** Default: `Single`. */
  readonly spreadType?: string;
  /** A fraction. Default: 0.02. */
  readonly riskFreeRate?: number;
  /** The strike around which the chain is cut, in quote units. Default: the venue takes the price of the underlying. */
  readonly priceCenter?: number;
  /** Default: 1. */
  readonly strikeInterval?: number;
  /** Default: true. */
  readonly enableGreeks?: boolean;
  /** All strikes, or only those in or out of the money. Default: the venue's own, `All`. */
  readonly strikeRange?: 'All' | 'ITM' | 'OTM';
  /** Default: the venue's own, `All`. */
  readonly optionType?: 'All' | 'Call' | 'Put';
}

/** One option of a combination: `ratio` is negative where it is sold. */
export interface TradestationOptionLeg {
  readonly symbol: string;
  readonly ratio?: number;
}

/** How TradeStation computes the greeks of quoted options. */
export interface TradestationOptionQuotesOptions {
  /** A fraction: 0.02 is 2 %. Default: the venue's own. */
  readonly riskFreeRate?: number;
  /** Whether greeks are told at all. Default: the venue's own, `true`. */
  readonly enableGreeks?: boolean;
}

/** An option, or several as one, put together out of what the session has told of it. */
export interface TradestationSpread {
  /** Its legs and ratios. */
  readonly key: string;
  readonly side: 'Call' | 'Put' | 'Both' | undefined;
  /** Of its legs, as the venue writes them. */
  readonly strikes: readonly string[];
  /** What it is made of. A ratio below 0 is sold. */
  readonly legs: readonly {
    readonly symbol: string;
    readonly ratio: number;
    readonly strike: number | undefined;
    /** In ms. */
    readonly expiration: number | undefined;
    readonly type: string | undefined;
  }[];
  /** The best price that is bid, in quote units, with its size in contracts; `ask` likewise. */
  readonly bid: number | undefined;
  readonly bidSize: number | undefined;
  readonly ask: number | undefined;
  readonly askSize: number | undefined;
  /** Halfway between bid and ask, as the venue tells it. */
  readonly mid: number | undefined;
  readonly last: number | undefined;
  /** Contracts of the day so far. */
  readonly volume: number | undefined;
  /** Contracts that are open. */
  readonly openInterest: number | undefined;
  /** The greeks as the venue computes them; absent where it was told not to. */
  readonly delta: number | undefined;
  readonly gamma: number | undefined;
  readonly theta: number | undefined;
  readonly vega: number | undefined;
  readonly rho: number | undefined;
  /** As the venue computes it. */
  readonly impliedVolatility: number | undefined;
  /** Every number as the venue wrote it, under the venue's own names. */
  readonly exact: Readonly<Partial<Record<SpreadDecimal, string>>>;
  readonly receivedTime: number;
}

/** All that was told of a chain. */
export interface TradestationOptionChain {
  readonly underlying: string;
  /** By key. */
  readonly spreads: ReadonlyMap<string, TradestationSpread>;
  /** The one that has changed. */
  readonly latest: TradestationSpread;
}

const textsOf = (options: object): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(present(options)).map(([name, value]) => [name, String(value)]));

const finite: OptionRule = [Number.isFinite, 'a number'];
const strikes: OptionRule = [(value) => Number.isInteger(value) && Number(value) >= 1, 'a whole number from 1'];
const ratios: OptionRule = [
  (value) => Number.isInteger(value) && value !== 0,
  'a whole number, below 0 where it is sold',
];
const greeksRules = { riskFreeRate: finite, enableGreeks: aBoolean };
const chainRules = {
  ...greeksRules,
  expiration: aText,
  expiration2: aText,
  strikeProximity: strikes,
  spreadType: aText,
  priceCenter: finite,
  strikeInterval: strikes,
  strikeRange: oneOf('All', 'ITM', 'OTM'),
  optionType: oneOf('All', 'Call', 'Put'),
};

/** @throws InvalidArgumentError for what is no symbol. */
export function chainRequest(underlying: string, options: TradestationChainOptions): TradestationStreamRequest {
  checkOptions('options', options, chainRules);
  const name = symbolOf(underlying);
  const path = `/v3/marketdata/stream/options/chains/${encodeURIComponent(name)}`;
  return marketDataRequest('optionChains', 'optionchain', path, textsOf(options), { underlying: name });
}

/** @throws InvalidArgumentError for no legs, or what is no symbol. */
export function optionQuotesRequest(
  legs: readonly TradestationOptionLeg[],
  options: TradestationOptionQuotesOptions,
): TradestationStreamRequest {
  check('legs', Array.isArray(legs) && legs.length > 0, 'at least one', '[]');
  checkOptions('options', options, greeksRules);
  for (const leg of legs) checkOptions('legs', leg, { symbol: aText, ratio: ratios });
  const query = Object.fromEntries(
    legs.flatMap(({ symbol, ratio = 1 }, i) => [
      [`legs[${i}].Symbol`, symbolOf(symbol)],
      [`legs[${i}].Ratio`, String(ratio)],
    ]),
  );
  const path = '/v3/marketdata/stream/options/quotes';
  return marketDataRequest('optionQuotes', 'optionquotes', path, { ...query, ...textsOf(options) }, {});
}

export interface SpreadMessage {
  /** Of one line. */
  readonly frames: readonly SpreadFrame[];
  readonly at: number;
}

const SpreadFrames = listOfSpared(SpreadFrame, 'tradestation.Spreads');

export const spreadsChannel = (request: TradestationStreamRequest, unread: Unread): ChannelSpec<SpreadMessage> => ({
  topic: topicOf(request),
  decode: sparingReader(SpreadFrames, [], unread, (frames, at) => ({ frames, at })),
});

const keyOf = ({ Legs }: SpreadFrame): string => Legs.map(({ Symbol, Ratio }) => `${Ratio} ${Symbol}`).join(', ');

/** By key: what was told of each, laid together, and what that comes to. */
type KnownSpreads = ReadonlyMap<string, { readonly frame: SpreadFrame; readonly spread: TradestationSpread }>;

/**
 * Lays each frame over what is known of the same legs; whether frames are changes or whole is documented nowhere, and both
 * come out right but for fields that a whole frame would take away. Forgotten with the session. A frame that could not be
 * read may have been a change, so the stream is begun anew.
 */
export const foldSpreads =
  (underlying: string) =>
  ({ resubscribe }: FoldContext): OperatorFunction<ChannelEvent<SpreadMessage>, TradestationOptionChain | undefined> =>
    foldSession({
      begin: (): KnownSpreads => new Map(),
      message: (before, { frames, at }) => {
        // All that a line told is one step.
        const known = new Map(before);
        const news = frames.map((change) => {
          const key = keyOf(change);
          const frame = { ...known.get(key)?.frame, ...present(change), Legs: change.Legs };
          const spread = spreadOf(key, frame, at);
          known.set(key, { frame, spread });
          return spread;
        });
        const spreads = new Map([...known].map(([key, { spread }]) => [key, spread]));
        return { known, emitted: news.map((latest) => ({ underlying, spreads, latest })) };
      },
      missed: resubscribe,
    });

function spreadOf(key: string, frame: SpreadFrame, at: number): TradestationSpread {
  return {
    key,
    side: frame.Side ?? undefined,
    strikes: frame.Strikes ?? [],
    legs: frame.Legs.map((leg) => ({
      symbol: leg.Symbol,
      ratio: leg.Ratio,
      strike: numberOf(leg.StrikePrice),
      expiration: timeOf(leg.Expiration),
      type: leg.OptionType ?? undefined,
    })),
    bid: numberOf(frame.Bid),
    bidSize: numberOf(frame.BidSize),
    ask: numberOf(frame.Ask),
    askSize: numberOf(frame.AskSize),
    mid: numberOf(frame.Mid),
    last: numberOf(frame.Last),
    volume: numberOf(frame.Volume),
    openInterest: numberOf(frame.DailyOpenInterest),
    delta: numberOf(frame.Delta),
    gamma: numberOf(frame.Gamma),
    theta: numberOf(frame.Theta),
    vega: numberOf(frame.Vega),
    rho: numberOf(frame.Rho),
    impliedVolatility: numberOf(frame.ImpliedVolatility),
    exact: known(Object.fromEntries(spreadDecimals.map((name) => [name, frame[name]]))),
    receivedTime: at,
  };
}
