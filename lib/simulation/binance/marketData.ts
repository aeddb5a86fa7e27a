import { candlesOf } from '../market/candleSeries.js';
import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import { hasKlines, type BinanceMarket } from './streamName.js';
import { ticker } from './tickerBroadcasts.js';
import { inUnit, type TimeUnit } from './timeUnit.js';

/** What a request about one symbol asks for, and how it wants its times. */
export interface DataRequest {
  readonly market: BinanceMarket;
  readonly instrument: SimulatedInstrument;
  readonly query: URLSearchParams;
  readonly unit: TimeUnit;
  readonly now: number;
}

/** A parameter can't be meant: its name, the venue's code, and what it says. */
export class BadParameter {
  constructor(
    readonly name: string,
    readonly code = -1130,
    readonly text = `Data sent for parameter '${name}' is not valid.`,
  ) {}
}

/** What is no number where one is wanted. */
const illegal = (name: string): BadParameter =>
  new BadParameter(name, -1100, `Illegal characters found in parameter '${name}'; legal range is '^[0-9]{1,20}$'.`);

/** The first of them that is named and no number. */
function illegalOf(query: URLSearchParams, names: readonly string[]): BadParameter | undefined {
  const wrong = names.find((name) => query.has(name) && wholeOf(query, name) === undefined);
  return wrong === undefined ? undefined : illegal(wrong);
}

/** `trades`: the last ones, oldest first. */
export function recentTrades({ market, instrument, query, unit }: DataRequest): readonly object[] | BadParameter {
  const wrong = illegalOf(query, ['limit']);
  if (wrong !== undefined) return wrong;
  const limit = countOf(query, 1_000);
  if (limit === undefined) return new BadParameter('limit');
  const { tape, units } = instrument;
  return tape.tradesAfter(Math.max(0, tape.lastTrade - limit)).map(({ id, price, size, tick, lots, at, side }) => ({
    id,
    price,
    qty: size,
    quoteQty: units.quoteText(units.quote(tick, lots)),
    time: inUnit(unit, at),
    isBuyerMaker: side === 'sell',
    ...(market === 'spot' ? { isBestMatch: true } : {}),
  }));
}

/** `aggTrades`: the last ones, or those from an id or of a time on, oldest first. */
export function aggregateTrades({ market, instrument, query, unit }: DataRequest): readonly object[] | BadParameter {
  const wrong = illegalOf(query, ['limit', 'fromId', 'startTime', 'endTime']);
  if (wrong !== undefined) return wrong;
  const limit = countOf(query, 1_000);
  if (limit === undefined) return new BadParameter('limit');
  const { tape } = instrument;
  const fromId = wholeOf(query, 'fromId');
  const [from = 0, to = Infinity] = [wholeOf(query, 'startTime'), wholeOf(query, 'endTime')];
  const within = tape
    .aggregatesAfter((fromId ?? 1) - 1)
    .filter(({ at }) => inUnit(unit, at) >= from && inUnit(unit, at) <= to);
  const page = fromId === undefined && from === 0 ? within.slice(-limit) : within.slice(0, limit);
  return page.map(({ id, price, size, firstTrade, lastTrade, at, side }) => ({
    a: id,
    p: price,
    q: size,
    f: firstTrade,
    l: lastTrade,
    T: inUnit(unit, at),
    m: side === 'sell',
    ...(market === 'spot' ? { M: true } : {}),
  }));
}

/** `klines`: the last ones, or those of a time on, oldest first. */
export function klines({ market, instrument, query, unit, now }: DataRequest): readonly unknown[] | BadParameter {
  const wrong = illegalOf(query, ['limit', 'startTime', 'endTime']);
  if (wrong !== undefined) return wrong;
  const limit = countOf(query, market === 'spot' ? 1_000 : 1_500);
  const interval = query.get('interval') ?? '';
  if (limit === undefined) return new BadParameter('limit');
  if (!hasKlines(market, interval)) return new BadParameter('interval', -1120, 'Invalid interval.');
  // Of spot alone: whose clock candles open by. Bounds are moments all the same.
  const ahead = market === 'spot' ? hoursOf(query.get('timeZone') ?? '0') : 0;
  if (ahead === undefined) return new BadParameter('timeZone');
  const { tape, units } = instrument;
  const [from, to = Infinity] = [wholeOf(query, 'startTime'), wholeOf(query, 'endTime')];
  const within = candlesOf(ahead === 0 ? interval : `${interval}@${ahead}`, tape, units, now).filter(
    ({ openTime }) => inUnit(unit, openTime) >= (from ?? -Infinity) && inUnit(unit, openTime) <= to,
  );
  const page = from === undefined ? within.slice(-limit) : within.slice(0, limit);
  return page.map((candle) => [
    inUnit(unit, candle.openTime),
    ...[candle.open, candle.high, candle.low, candle.close].map((tick) => units.priceText(tick)),
    units.sizeText(candle.lots),
    inUnit(unit, candle.closeTime, true),
    units.quoteText(candle.quote),
    candle.trades,
    units.sizeText(candle.takerLots),
    units.quoteText(candle.takerQuote),
    '0',
  ]);
}

/** Of `24hrTicker` by its name in requests. */
const names: readonly (readonly [name: string, key: string])[] = [
  ['symbol', 's'],
  ['priceChange', 'p'],
  ['priceChangePercent', 'P'],
  ['weightedAvgPrice', 'w'],
  ['prevClosePrice', 'x'],
  ['lastPrice', 'c'],
  ['lastQty', 'Q'],
  ['bidPrice', 'b'],
  ['bidQty', 'B'],
  ['askPrice', 'a'],
  ['askQty', 'A'],
  ['openPrice', 'o'],
  ['highPrice', 'h'],
  ['lowPrice', 'l'],
  ['volume', 'v'],
  ['quoteVolume', 'q'],
  ['openTime', 'O'],
  ['closeTime', 'C'],
  ['firstId', 'F'],
  ['lastId', 'L'],
  ['count', 'n'],
];

const miniNames: readonly string[] = [
  ...['symbol', 'openPrice', 'highPrice', 'lowPrice', 'lastPrice', 'volume', 'quoteVolume', 'openTime', 'closeTime'],
  ...['firstId', 'lastId', 'count'],
];

/** `ticker/24hr` of one symbol, whole or the less of it that `MINI` asks for. */
export function dayTicker(
  { market, instrument, unit, now }: Omit<DataRequest, 'query'>,
  type: 'FULL' | 'MINI' = 'FULL',
): object {
  const event = JSON.parse(ticker(market, instrument, now)) as Readonly<Record<string, unknown>>;
  const valueOf = (key: string): unknown => {
    const value = event[key];
    return (key === 'O' || key === 'C') && typeof value === 'number' ? inUnit(unit, value) : value;
  };
  const wanted = type === 'FULL' ? names : names.filter(([name]) => miniNames.includes(name));
  return Object.fromEntries(wanted.flatMap(([name, key]) => (key in event ? [[name, valueOf(key)]] : [])));
}

/** `8`, `-1:00`, `05:45`: what a clock is ahead of UTC by, in hours. */
function hoursOf(text: string): number | undefined {
  const [, sign, hours, minutes = '0'] = /^([+-]?)(\d{1,2})(?::([0-5]\d))?$/.exec(text) ?? [];
  if (hours === undefined) return undefined;
  const ahead = (Number(hours) + Number(minutes) / 60) * (sign === '-' ? -1 : 1);
  return ahead >= -12 && ahead <= 14 ? ahead : undefined;
}

function wholeOf(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  return text !== null && /^\d+$/.test(text) ? Number(text) : undefined;
}

/** `limit`: 500 where none is named. */
function countOf(query: URLSearchParams, most: number): number | undefined {
  if (!query.has('limit')) return 500;
  const limit = wholeOf(query, 'limit') ?? 0;
  return limit === 0 ? undefined : Math.min(limit, most);
}
