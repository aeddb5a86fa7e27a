import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import type { SimulatedMarket } from '../market/simulatedMarket.js';
import type { TapeTrade } from '../market/tape.js';
import { type Cells, NONE, number, text, timeIndex } from './cells.js';

/** An option whose underlying is traded here: its values follow from the underlying's price. */
export interface OptionTerms {
  readonly underlying: SimulatedInstrument;
  readonly isCall: boolean;
  readonly strike: number;
}

/** `.AAPL250117C150`. Any strike and day there is: the chain of an instrument has no end here. */
export function optionOf(symbol: string, market: SimulatedMarket): OptionTerms | undefined {
  const [, root, side, strike] = /^\.([A-Z]{1,6})\d{6}([CP])(\d+(?:\.\d+)?)$/.exec(symbol) ?? [];
  const underlying = root === undefined ? undefined : market.instrument(root);
  if (underlying === undefined || strike === undefined) return undefined;
  return { underlying, isCall: side === 'C', strike: Number(strike) };
}

const head = (symbol: string): Cells => ({ eventSymbol: text(symbol), eventTime: '0' });

/** The middle of the best bid and ask. */
export function midOf({ book }: SimulatedInstrument): number {
  return (Number(book.bids.levels.at(-1)?.[0] ?? 0) + Number(book.asks.levels.at(-1)?.[0] ?? 0)) / 2;
}

/** An index has no sizes and a composite record no exchange; times are 0, as over tastytrade. */
export function quoteCells({ book, spec }: SimulatedInstrument): Cells {
  const [bid, ask] = [book.bids.levels.at(-1), book.asks.levels.at(-1)];
  const isIndex = spec.base === 'INDEX';
  const size = (level: readonly [string, string] | undefined): string =>
    level === undefined || isIndex ? NONE : number(level[1]);
  return {
    ...head(spec.symbol),
    sequence: '0',
    timeNanoPart: '0',
    bidTime: '0',
    askTime: '0',
    bidExchangeCode: text(isIndex ? '\u0000' : 'Q'),
    askExchangeCode: text(isIndex ? '\u0000' : 'Q'),
    bidPrice: bid === undefined ? NONE : number(bid[0]),
    bidSize: size(bid),
    askPrice: ask === undefined ? NONE : number(ask[0]),
    askSize: size(ask),
  };
}

export function tradeCells({ spec, day, units, tape }: SimulatedInstrument, trade: TapeTrade): Cells {
  // Of several that are told at once each has the volume up to itself.
  const later = tape.tradesAfter(trade.id).reduce((sum, { lots }) => sum + lots, 0);
  return {
    ...head(spec.symbol),
    time: String(trade.at),
    timeNanoPart: '0',
    sequence: String(trade.id % 4_194_304),
    exchangeCode: text('Q'),
    price: number(trade.price),
    change: '0',
    size: number(trade.size),
    dayId: dayId(trade.at),
    dayVolume: number(units.sizeText(day.at(trade.at, dayOf(trade.at)).lots - later)),
    dayTurnover: NONE,
    tickDirection: text(trade.side === 'buy' ? 'UP' : 'DOWN'),
    extendedTradingHours: 'false',
  };
}

export function saleCells({ spec, book }: SimulatedInstrument, trade: TapeTrade): Cells {
  const sequence = trade.id % 4_194_304;
  return {
    ...head(spec.symbol),
    eventFlags: '0',
    index: timeIndex(trade.at, sequence),
    time: String(trade.at),
    timeNanoPart: '0',
    sequence: String(sequence),
    exchangeCode: text('Q'),
    price: number(trade.price),
    size: number(trade.size),
    bidPrice: number(book.bids.levels.at(-1)?.[0] ?? 0),
    askPrice: number(book.asks.levels.at(-1)?.[0] ?? 0),
    exchangeSaleConditions: text('@  I'),
    tradeThroughExempt: text('\u0000'),
    aggressorSide: text(trade.side === 'buy' ? 'BUY' : 'SELL'),
    spreadLeg: 'false',
    validTick: 'true',
    extendedTradingHours: 'false',
    type: text('NEW'),
    buyer: 'null',
    seller: 'null',
  };
}

export function summaryCells({ spec, day, units, tape }: SimulatedInstrument, now: number): Cells {
  const whole = day.at(now, dayOf(now));
  const price = (tick: number): string => (whole.trades === 0 ? NONE : number(units.priceText(tick)));
  return {
    ...head(spec.symbol),
    dayId: dayId(now),
    dayOpenPrice: price(whole.open),
    dayHighPrice: price(whole.high),
    dayLowPrice: price(whole.low),
    dayClosePrice: NONE,
    dayClosePriceType: text('REGULAR'),
    prevDayId: dayId(now - DAY),
    prevDayClosePrice: number(units.priceText(0)),
    prevDayClosePriceType: text('FINAL'),
    prevDayVolume: NONE,
    openInterest: String(tape.lastTrade),
  };
}

export const profileCells = ({ spec }: SimulatedInstrument): Cells => ({
  ...head(spec.symbol),
  description: text(`${spec.symbol}, simulated`),
  shortSaleRestriction: text('INACTIVE'),
  tradingStatus: text('ACTIVE'),
  statusReason: text(''),
  haltStartTime: '0',
  haltEndTime: '0',
  highLimitPrice: NONE,
  lowLimitPrice: NONE,
  high52WeekPrice: NONE,
  low52WeekPrice: NONE,
  beta: '1.1',
  earningsPerShare: '6.5',
  dividendFrequency: '4',
  exDividendAmount: '0.25',
  exDividendDayId: '0',
  shares: '1.5E10',
  freeFloat: NONE,
});

/** A crude model, the same for all: good enough to be told apart and to follow the underlying. */
export function greeksCells(symbol: string, terms: OptionTerms, now: number): Cells {
  const { isCall, strike } = terms;
  const likely = likelihoodOf(terms);
  return {
    ...head(symbol),
    eventFlags: '0',
    index: timeIndex(now, 0),
    time: String(now),
    sequence: '0',
    price: round(optionPrice(terms)),
    volatility: '0.25',
    ...slopeCells(terms),
    theta: round(-0.01 * strike * likely * (1 - likely)),
    rho: round(isCall ? likely : -likely),
    vega: '0.1',
  };
}

/** How likely it is that a call is worth something in the end. */
function likelihoodOf({ underlying, strike }: OptionTerms): number {
  const moneyness = (midOf(underlying) - strike) / (strike * 0.2);
  return 1 / (1 + Math.exp(-2 * moneyness));
}

/** By how much the price moves with the underlying, and how much that moves. */
function slopeCells(terms: OptionTerms): Cells {
  const likely = likelihoodOf(terms);
  return {
    delta: round(terms.isCall ? likely : likely - 1),
    gamma: round((likely * (1 - likely)) / terms.strike),
  };
}

const round = (value: number): string => String(Number(value.toFixed(6)));

const optionPrice = ({ underlying, isCall, strike }: OptionTerms): number =>
  Math.max(0.01, (isCall ? 1 : -1) * (midOf(underlying) - strike)) + strike * 0.01;

export function optionQuoteCells(symbol: string, terms: OptionTerms): Cells {
  const cents = Math.round(optionPrice(terms) * 100);
  return {
    ...head(symbol),
    sequence: '0',
    timeNanoPart: '0',
    bidTime: '0',
    askTime: '0',
    bidExchangeCode: text('X'),
    askExchangeCode: text('X'),
    bidPrice: String((cents - 2) / 100),
    bidSize: '10',
    askPrice: String((cents + 2) / 100),
    askSize: '12',
  };
}

export const underlyingCells = ({ spec }: SimulatedInstrument, now: number): Cells => ({
  ...head(spec.symbol),
  eventFlags: '0',
  index: timeIndex(now, 0),
  time: String(now),
  sequence: '0',
  volatility: '0.25',
  frontVolatility: '0.27',
  backVolatility: '0.24',
  callVolume: '1.2E5',
  putVolume: '8.0E4',
  optionVolume: '2.0E5',
  putCallRatio: '0.67',
});

export const theoPriceCells = (symbol: string, terms: OptionTerms, now: number): Cells => ({
  ...head(symbol),
  eventFlags: '0',
  index: timeIndex(now, 0),
  time: String(now),
  sequence: '0',
  price: round(optionPrice(terms)),
  underlyingPrice: round(midOf(terms.underlying)),
  ...slopeCells(terms),
  dividend: '0',
  interest: '0.04',
});

const DAY = 86_400_000;
/** When the day of a time began, in UTC. */
const dayOf = (time: number): number => time - (time % DAY);
const dayId = (time: number): string => String(Math.floor(time / DAY));
