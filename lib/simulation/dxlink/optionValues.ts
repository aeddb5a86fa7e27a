import { crc32 } from '../crc32.js';
import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import type { SimulatedMarket } from '../market/simulatedMarket.js';
import { type Cells, DAY, NONE, dayId, head, text, timeIndex } from './cells.js';

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

/** The middle of the best bid and ask. */
export function midOf({ book }: SimulatedInstrument): number {
  return (Number(book.bids.levels.at(-1)?.[0] ?? 0) + Number(book.asks.levels.at(-1)?.[0] ?? 0)) / 2;
}

/** Nobody trades options here, so that they have no prices of a day; what is open of each stays as it is. */
export const optionSummaryCells = (symbol: string, now: number): Cells => ({
  ...head(symbol),
  dayId: dayId(now),
  dayOpenPrice: NONE,
  dayHighPrice: NONE,
  dayLowPrice: NONE,
  dayClosePrice: NONE,
  dayClosePriceType: text('REGULAR'),
  prevDayId: dayId(now - DAY),
  prevDayClosePrice: NONE,
  prevDayClosePriceType: text('REGULAR'),
  prevDayVolume: NONE,
  openInterest: String(crc32(symbol) % 50_000),
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
