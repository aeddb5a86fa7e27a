import { candlesOf } from '../market/candleSeries.js';
import type { LevelText } from '../market/side.js';
import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import { decimalText } from '../market/units.js';
import type { Parameters } from '../parameters.js';
import { dayTexts } from '../topics/dayTexts.js';
import { tradeRow } from './streams.js';

/** What a request about one product asks for. */
export interface CoinbaseDataRequest {
  readonly id: string;
  readonly instrument: SimulatedInstrument;
  readonly parameters: Parameters;
  readonly now: number;
}

const ANY = Number.MAX_SAFE_INTEGER;

/** What is true of no product here. */
const NOT = ['watched', 'is_disabled', 'new', 'cancel_only', 'limit_only', 'post_only', 'trading_disabled'];

/** A product, and its day. */
export function productRow({ id, instrument, now }: Omit<CoinbaseDataRequest, 'parameters'>): object {
  const { spec, units } = instrument;
  const [tick, lot] = [decimalText(1, units.priceDecimals, 0), decimalText(1, units.sizeDecimals, 0)];
  const { last, volume, quoteVolume, changePercent } = dayTexts(instrument, now);
  const { base, quote } = spec;
  return {
    product_id: id,
    price: last,
    price_percentage_change_24h: changePercent,
    volume_24h: volume,
    volume_percentage_change_24h: '0',
    approximate_quote_24h_volume: quoteVolume,
    price_increment: tick,
    quote_increment: tick,
    base_increment: lot,
    base_min_size: lot,
    base_max_size: '9999999999',
    quote_min_size: '1',
    quote_max_size: '9999999999',
    base_name: base,
    quote_name: quote,
    base_currency_id: base,
    quote_currency_id: quote,
    base_display_symbol: base,
    quote_display_symbol: quote,
    display_name: id,
    alias: '',
    alias_to: [],
    ...Object.fromEntries([...NOT, 'auction_mode', 'view_only'].map((name) => [name, false])),
    status: 'online',
    product_type: 'SPOT',
    product_venue: 'CBE',
    mid_market_price: '',
    fcm_trading_session_details: null,
  };
}

const levels = (some: readonly LevelText[]) => some.map(([price, size]) => ({ price, size }));

/** `product_book`: there is no number by which it could be joined to a stream. */
export function productBook({ id, instrument: { book }, parameters, now }: CoinbaseDataRequest): object {
  const limit = parameters.whole('limit', 1, ANY, ANY);
  const { bids = [], asks = [] } = book.trueBook() ?? {};
  const sides = { bids: levels(bids.slice(0, limit)), asks: levels(asks.slice(0, limit)) };
  return { pricebook: { product_id: id, ...sides, time: new Date(now).toISOString() } };
}

/** `products/{id}/ticker`: the last trades, newest first, and the best prices. */
function lastTrades({ id, instrument: { book, tape }, parameters }: CoinbaseDataRequest): object {
  const limit = parameters.whole('limit', 1, ANY, 100);
  const trades = tape.tradesAfter(Math.max(0, tape.lastTrade - limit)).map((trade) => tradeRow(id, trade));
  const [[best_bid] = [''], [best_ask] = ['']] = [book.bids.levels.at(-1), book.asks.levels.at(-1)];
  return { trades: trades.reverse(), best_bid, best_ask };
}

/** Widths of candles in requests. */
const widths = {
  ONE_MINUTE: '1m',
  FIVE_MINUTE: '5m',
  FIFTEEN_MINUTE: '15m',
  THIRTY_MINUTE: '30m',
  ONE_HOUR: '1h',
  TWO_HOUR: '2h',
  FOUR_HOUR: '4h',
  SIX_HOUR: '6h',
  ONE_DAY: '1d',
} as const;
const granularities = Object.keys(widths) as (keyof typeof widths)[];
const MOST_CANDLES = 350;

/** `products/{id}/candles`: newest first; what had no trade has no row. */
function candles({ instrument: { tape, units }, parameters, now }: CoinbaseDataRequest): object {
  for (const name of ['start', 'end', 'granularity'])
    if (parameters.text(name) === undefined) parameters.refuse(name, `${name} is needed`);
  const time = (name: string): number => 1_000 * parameters.whole(name, 0, 1e11, 0);
  const [from, to] = [time('start'), time('end')];
  const width = widths[parameters.word('granularity', granularities, 'FIVE_MINUTE')];
  const limit = parameters.whole('limit', 1, MOST_CANDLES, MOST_CANDLES);
  const rows = candlesOf(width, tape, units, now)
    .filter(({ openTime, trades }) => trades > 0 && openTime >= from && openTime <= to)
    .slice(-limit)
    .reverse()
    .map(({ openTime, lots, ...ticks }) => {
      const [open, high, low, close] = [ticks.open, ticks.high, ticks.low, ticks.close].map((tick) =>
        units.priceText(tick),
      );
      return { start: `${openTime / 1_000}`, low, high, open, close, volume: units.sizeText(lots) };
    });
  return { candles: rows };
}

/** What can be asked about one product, by what stands behind its name. */
export const aboutOne: Readonly<Record<string, (request: CoinbaseDataRequest) => object>> = {
  '': productRow,
  ticker: lastTrades,
  candles,
};
