import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import { assetOf } from './asset.js';
import { timeText, type Fields } from './streamSource.js';

const DAY = 86_400_000;

/** Flags are told whole, and change never. */
export const FLAGS: Fields = { IsDelayed: false, IsHardToBorrow: false, IsBats: false, IsHalted: false };

/** A quote with all that the venue tells of it, but the symbol. The change is a fraction on streams, percent in answers. */
export function quoteFields(
  { spec, book, tape, day, units }: SimulatedInstrument,
  now: number,
  hundred: 1 | 100 = 1,
): Fields {
  const [bid = '0', bidSize = '0'] = book.bids.levels.at(-1) ?? [];
  const [ask = '0', askSize = '0'] = book.asks.levels.at(-1) ?? [];
  const [last] = tape.tradesAfter(tape.lastTrade - 1);
  const { open, high, low, lots, quote } = day.at(now);
  const { expiration } = assetOf(spec.symbol);
  // Before its first trade the day has begun at the price of the day before.
  const { tick, price, size, at } = last ?? { tick: 0, price: units.priceText(0), size: '0', at: now - (now % DAY) };
  const origin = units.price(0);
  return {
    Open: units.priceText(open),
    High: units.priceText(high),
    Low: units.priceText(low),
    PreviousClose: units.priceText(0),
    Last: price,
    LastSize: size,
    Close: price,
    LastVenue: last !== undefined && last.id % 3 === 0 ? 'ARCX' : 'NSDQ',
    Ask: ask,
    AskSize: askSize,
    Bid: bid,
    BidSize: bidSize,
    NetChange: units.changeText(tick),
    NetChangePct: ((hundred * tick) / Number(origin)).toFixed(4),
    High52Week: units.meanText((origin * 13n) / 10n),
    High52WeekTimestamp: '2026-02-02T00:00:00Z',
    Low52Week: units.meanText((origin * 7n) / 10n),
    Low52WeekTimestamp: '2025-12-08T00:00:00Z',
    Volume: units.sizeText(lots),
    PreviousVolume: '24154112',
    DailyOpenInterest: expiration === undefined ? '0' : '2104321',
    TradeTime: timeText(at),
    TickSizeTier: '0',
    VWAP: lots === 0 ? '0' : units.meanText(quote / BigInt(lots)),
    ...(expiration !== undefined && { FirstNoticeDate: expiration, LastTradingDate: expiration }),
  };
}
