import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import { candlesOf } from '../market/candleSeries.js';
import type { Parameters } from '../parameters.js';
import { barOf } from './bars.js';
import { rows, tickerRow } from './streams.js';

/** What a request about one instrument asks for. */
export interface OkxDataRequest {
  readonly instId: string;
  readonly instrument: SimulatedInstrument;
  readonly parameters: Parameters;
  readonly now: number;
}

const MOST_LEVELS = 400;
const MOST_TRADES = 500;
const MOST_CANDLES = 300;
const ANY = Number.MAX_SAFE_INTEGER;

/** `market/books`: the best levels, one a side where no number is named. */
function books({ instrument: { book }, parameters, now }: OkxDataRequest): readonly object[] {
  const count = parameters.whole('sz', 1, MOST_LEVELS, 1);
  const { sequence, bids = [], asks = [] } = book.trueBook() ?? {};
  return [{ asks: rows(asks.slice(0, count)), bids: rows(bids.slice(0, count)), ts: `${now}`, seqId: sequence }];
}

/** `market/trades`: the last ones, newest first. */
function trades({ instId, instrument: { tape }, parameters }: OkxDataRequest): readonly object[] {
  const count = parameters.whole('limit', 1, MOST_TRADES, 100);
  return tape
    .tradesAfter(Math.max(0, tape.lastTrade - count))
    .map(({ id, price, size, side, at }) => {
      return { instId, side, sz: size, px: price, source: '0', tradeId: `${id}`, ts: `${at}` };
    })
    .reverse();
}

/** `market/candles` and `market/history-candles`: newest first, those older than `after` and newer than `before`. */
function candles({ instrument: { tape, units }, parameters, now }: OkxDataRequest): readonly unknown[] {
  const interval = barOf(parameters.text('bar') ?? '1m');
  if (interval === undefined) parameters.refuse('bar', 'bar is a width of candles');
  const time = (name: string, otherwise: number): number =>
    parameters.number(name, otherwise, 'a time in ms', Number.isInteger);
  const [after, before] = [time('after', Infinity), time('before', -Infinity)];
  const limit = parameters.whole('limit', 1, ANY, 100);
  return candlesOf(interval ?? '1m', tape, units, now)
    .filter(({ openTime }) => openTime < after && openTime > before)
    .slice(-Math.min(MOST_CANDLES, limit))
    .reverse()
    .map((candle) => {
      const prices = [candle.open, candle.high, candle.low, candle.close].map((tick) => units.priceText(tick));
      const [volume, quote] = [units.sizeText(candle.lots), units.quoteText(candle.quote)];
      return [`${candle.openTime}`, ...prices, volume, quote, quote, candle.closeTime < now ? '1' : '0'];
    });
}

const ticker = ({ instId, instrument, now }: OkxDataRequest): readonly object[] => [tickerRow(instId, instrument, now)];

/** What can be asked about one instrument, by the path. */
export const aboutOne: Readonly<Record<string, (request: OkxDataRequest) => readonly unknown[]>> = {
  'market/books': books,
  'market/trades': trades,
  'market/ticker': ticker,
  'market/candles': candles,
  'market/history-candles': candles,
};
