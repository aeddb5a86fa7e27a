import { CandleSeries, type TapeCandle } from '../market/candleSeries.js';
import { isInterval } from '../market/interval.js';
import { decimalText } from '../market/units.js';
import type { Parameters } from '../parameters.js';
import { clock } from './frames.js';
import type { VenueMarket } from './venueMarket.js';

/** What REST tells of a market's trades, in human units. Source: `models.ts` of the SDK. */
export function statisticsText(path: string, market: VenueMarket, parameters: Parameters, now: number): string {
  if (path === '/v1/bars') return barsText(market, parameters, now);
  return path === '/v1/markets/ticker' ? tickerText(market, now) : summaryText(market, now);
}

function tickerText({ id, instrument }: VenueMarket, now: number): string {
  const { book, day, units } = instrument;
  const { close, lots, quote } = day.at(now);
  return JSON.stringify({
    market_id: id,
    last_price: units.priceText(close),
    best_bid: book.bids.levels.at(-1)?.[0] ?? '0',
    best_ask: book.asks.levels.at(-1)?.[0] ?? '0',
    base_volume: units.sizeText(lots),
    quote_volume: units.quoteText(quote),
  });
}

function summaryText({ id, instrument }: VenueMarket, now: number): string {
  const { day, units } = instrument;
  const { open, high, low, close, lots, quote } = day.at(now);
  const thousandths = (BigInt(close - open) * 100_000n) / units.price(open);
  return JSON.stringify({
    market_id: id,
    price: units.priceText(close),
    price_change_percent_24h: decimalText(thousandths, 3),
    highest_price_24h: units.priceText(high),
    lowest_price_24h: units.priceText(low),
    base_volume: units.sizeText(lots),
    quote_volume: units.quoteText(quote),
  });
}

const MOST_BARS = 5_000;

/** Bars from and to a time, in seconds or ms as its magnitude says; the oldest first. */
function barsText({ instrument }: VenueMarket, parameters: Parameters, now: number): string {
  const { tape, units } = instrument;
  const resolution = parameters.text('resolution') ?? '1m';
  if (!isInterval(resolution)) {
    parameters.refuse('resolution', 'resolution is no width of bars');
    return '[]';
  }
  const bound = (name: string, otherwise: number): number => {
    const time = parameters.number(name, otherwise, 'a time', (value) => value >= 0);
    return time < 1e11 ? time * 1_000 : time;
  };
  const [from, to] = [bound('from', 1e11), bound('to', 1e15)];
  const trades = tape.tradesAfter(0);
  const [first] = trades;
  if (first === undefined) return '[]';
  const candles: TapeCandle[] = [];
  const series = new CandleSeries(resolution, units, (candle) => candles.push({ ...candle }), first.tick, first.at);
  for (const trade of trades) series.add(trade);
  series.roll(now);
  const bars = [...candles, series.current]
    .filter(({ openTime }) => clock(openTime) >= from && clock(openTime) <= to)
    .slice(-MOST_BARS)
    .map(({ openTime, open, high, low, close, lots }) => ({
      time: Math.floor(clock(openTime) / 1_000),
      open: units.priceText(open),
      high: units.priceText(high),
      low: units.priceText(low),
      close: units.priceText(close),
      volume: units.sizeText(lots),
    }));
  return JSON.stringify(bars);
}
