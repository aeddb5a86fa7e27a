import type { Broadcast } from '../broadcast.js';
import { type CandleSeries, type TapeCandle, presentCandles } from '../market/candleSeries.js';
import { decimalText, type Units } from '../market/units.js';
import { type Asset, nanosOf } from './assets.js';

/** `/klines/diff/{asset}`: the present bar when a trade has changed it, after the one before where that has just ended. */
export function barBroadcast(stream: string, asset: Asset): Broadcast {
  const { tape, units } = asset.instrument;
  const ended: TapeCandle[] = [];
  let last = tape.lastTrade;
  let emitted: number | undefined;
  let series: CandleSeries | undefined;
  const bar = (candle: TapeCandle): string => barText(candle, units);
  return {
    stream,
    every: 1_000,
    diff: false,
    collect: (now) => {
      if (series === undefined) series = presentCandles('1m', asset.instrument, (candle) => ended.push(candle), now);
      else for (const trade of tape.tradesAfter(last)) series.add(trade);
      last = tape.lastTrade;
      series.roll(now);
      const over = ended.splice(0).map(bar);
      const { current } = series;
      if (over.length === 0 && current.lastTrade === emitted) return [];
      emitted = current.lastTrade;
      return [`[${[...over, bar(current)].join()}]`];
    },
  };
}

/** `/ticker/ws/{asset}`: the last 24 hours, when something has traded. */
export function tickerBroadcast(stream: string, asset: Asset): Broadcast {
  let emitted: number | undefined;
  return {
    stream,
    every: 1_000,
    diff: false,
    collect: (now) => {
      const { lastTrade } = asset.instrument.tape;
      if (lastTrade === emitted) return [];
      emitted = lastTrade;
      return [tickerText(asset, now)];
    },
  };
}

/** A market that never traded has no prices. */
export function tickerText({ id, instrument }: Asset, now: number): string {
  const { day, tape, units, book } = instrument;
  const { close, open, high, low, lots } = day.at(now);
  const priced = tape.lastTrade > 0;
  const price = (text: string): string => (priced ? `"${text}"` : 'null');
  const [bid, ask] = [book.bids.levels.at(-1), book.asks.levels.at(-1)].map((level) =>
    level === undefined ? 'null' : `{"price":"${level[0]}","size":"${level[1]}"}`,
  );
  const thousandths = (BigInt(close - open) * 100_000n) / units.price(open);
  return (
    `{"asset_id":"${id}","last_price":${price(units.priceText(close))},"mark_price":null,"index_price":null` +
    `,"best_bid":${bid ?? 'null'},"best_ask":${ask ?? 'null'},"open_interest":null` +
    `,"volume_24h":"${units.sizeText(lots)}","high_24h":${price(units.priceText(high))}` +
    `,"low_24h":${price(units.priceText(low))},"price_change_24h":${price(units.changeText(close - open))}` +
    `,"price_change_pct_24h":${price(decimalText(thousandths, 3))},"timestamp_ns":${nanosOf(now)}}`
  );
}

export const barText = ({ openTime, closeTime, open, high, low, close, lots }: TapeCandle, units: Units): string =>
  `{"open":"${units.priceText(open)}","high":"${units.priceText(high)}","low":"${units.priceText(low)}"` +
  `,"close":"${units.priceText(close)}","volume":"${units.sizeText(lots)}"` +
  `,"open_timestamp_ns":${nanosOf(openTime)},"close_timestamp_ns":${nanosOf(closeTime + 1)}}`;
