import type { HttpResponse } from '../../network/network.js';
import { jsonAnswer } from '../jsonAnswer.js';
import { candlesOf } from '../market/candleSeries.js';
import type { LevelText } from '../market/side.js';
import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import type { Parameters } from '../parameters.js';
import { dayTexts } from '../topics/dayTexts.js';
import { intervals } from './streams.js';

/** What a request about one pair asks for. */
export interface KrakenDataRequest {
  /** As the answer calls the pair. */
  readonly name: string;
  readonly instrument: SimulatedInstrument;
  readonly parameters: Parameters;
  readonly now: number;
}

/** The most candles, levels a side and trades that the venue answers with. */
const MOST_CANDLES = 720;
const MOST_LEVELS = 500;
const MOST_TRADES = 1_000;
const ANY = Number.MAX_SAFE_INTEGER;

export const answer = (result: object, error: readonly string[] = []): HttpResponse =>
  jsonAnswer(200, JSON.stringify({ error, result }));

/** `Depth`: each level with the second in which it was told; there is no number by which it could be joined to a stream. */
function depth({ name, instrument: { book }, parameters, now }: KrakenDataRequest): object {
  const count = parameters.whole('count', 1, MOST_LEVELS, 100);
  const rows = (levels: readonly LevelText[]) =>
    levels.slice(0, count).map(([price, size]) => [price, size, Math.floor(now / 1_000)]);
  const { bids = [], asks = [] } = book.trueBook() ?? {};
  return { [name]: { asks: rows(asks), bids: rows(bids) } };
}

/** `Trades`: the last ones, or those since a time in ns, oldest first; `last` is the time to go on from. */
function trades({ name, instrument: { tape }, parameters, now }: KrakenDataRequest): object {
  const count = parameters.whole('count', 1, MOST_TRADES, MOST_TRADES);
  const since = parameters.number('since', 0, 'a time in s or ns', (value) => value >= 0);
  // In seconds or in nanoseconds: both are taken.
  const from = since > 1e15 ? since / 1e6 : since * 1_000;
  const all = tape.tradesAfter(0);
  const page = since === 0 ? all.slice(-count) : all.filter(({ at }) => at > from).slice(0, count);
  const rows = page.map(({ id, price, size, side, at }) => [
    ...[price, size, at / 1_000],
    ...[side === 'buy' ? 'b' : 's', 'l', '', id],
  ]);
  return { [name]: rows, last: `${page.at(-1)?.at ?? now}000000` };
}

/** `Ticker` of one pair: of today and of the last 24 hours, which are one here. */
export function ticker({ name, instrument, now }: Omit<KrakenDataRequest, 'parameters'>): object {
  const { book, tape } = instrument;
  const { open, high, low, last, volume, vwap, trades: count } = dayTexts(instrument, now);
  const best = ([price = '0', size = '0']: Partial<LevelText> = []) => [price, `${Math.floor(Number(size))}`, size];
  const twice = <T>(one: T): readonly T[] => [one, one];
  const [trade] = tape.tradesAfter(tape.lastTrade - 1);
  const row = {
    a: best(book.asks.levels.at(-1)),
    b: best(book.bids.levels.at(-1)),
    c: [last, trade?.size ?? '0'],
    v: twice(volume),
    p: twice(vwap),
    t: twice(count),
    l: twice(low),
    h: twice(high),
    o: open,
  };
  return { [name]: row };
}

/** `OHLC`: oldest first, from `since` on, in s; what had no trade has no row. `last` is what to go on from: the last closed one. */
function candles({ name, instrument: { tape, units }, parameters, now }: KrakenDataRequest): object {
  const interval = intervals[parameters.whole('interval', 0, ANY, 1)];
  if (interval === undefined) parameters.refuse('interval', 'interval is a width in minutes');
  const since = parameters.whole('since', 0, ANY, 0);
  const rows = candlesOf(interval ?? '1m', tape, units, now)
    .filter(({ trades: count, openTime }) => count > 0 && openTime >= since * 1_000)
    .slice(-MOST_CANDLES)
    .map((candle) => {
      const [open, high, low, close] = [candle.open, candle.high, candle.low, candle.close].map((tick) =>
        units.priceText(tick),
      );
      return [candle.openTime / 1_000, open, high, low, close, close, units.sizeText(candle.lots), candle.trades];
    });
  return { [name]: rows, last: rows.at(-2)?.[0] ?? 0 };
}

/** What can be asked about one pair, by the path. */
export const aboutOne: Readonly<Record<string, (request: KrakenDataRequest) => object>> = {
  Depth: depth,
  Trades: trades,
  OHLC: candles,
};
