import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import type { TapeTrade } from '../market/tape.js';
import { type Cells, DAY, NONE, dayId, dayOf, head, number, text, timeIndex } from './cells.js';

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

/** Shares have no open interest. Before this venue's first day there is the price that it began with. */
export function summaryCells({ spec, day, units }: SimulatedInstrument, now: number): Cells {
  const whole = day.at(now, dayOf(now));
  const before = day.over(now, dayOf(now) - DAY);
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
    prevDayClosePrice: number(units.priceText(before?.close ?? 0)),
    prevDayClosePriceType: text('FINAL'),
    prevDayVolume: before === undefined ? NONE : number(units.sizeText(before.lots)),
    openInterest: '0',
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
