import { subtractDecimals } from '../../book/decimals.js';
import { millisOfNanos } from '../../codec/integers.js';
import { sparingReader } from '../../codec/sparing.js';
import type { Ticker } from '../../model/ticker.js';
import type { ChannelSpec } from '../../socket/channel.js';
import { TICKER_EXTRAS, TickerFrame } from './frames.js';
import { topicOf } from './topics.js';
import { leftOutOf } from '../../feed/leftOut.js';
import type { Report } from '../../model/fault.js';

/** Statistics of the last 24 hours. Servers before v0.6 have no such stream. */
export interface TplusTicker extends Ticker {
  /** Prices of the venue's risk engine, where it has them. */
  readonly markPrice?: number | undefined;
  readonly indexPrice?: number | undefined;
  readonly exact: Ticker['exact'] & { readonly mark?: string | undefined; readonly index?: string | undefined };
}

/** Before its first trade a market has no prices: such a ticker is `undefined` and left out. */
export const tickerChannel = (asset: string, report: Report): ChannelSpec<TplusTicker | undefined> => ({
  topic: topicOf('ticker', asset),
  decode: sparingReader(TickerFrame, TICKER_EXTRAS, leftOutOf(`ticker:${asset}`, report), tickerOf),
});

function tickerOf(frame: TickerFrame, at: number): TplusTicker | undefined {
  const { asset_id, last_price: last, mark_price: mark, index_price: index, timestamp_ns } = frame;
  const { high_24h: high, low_24h: low, price_change_24h: change, volume_24h: volume } = frame;
  if (last === undefined || high === undefined || low === undefined || change === undefined) return undefined;
  // The venue tells the change, and not the price it began at.
  const open = subtractDecimals(last, change);
  return {
    instrument: asset_id,
    open: Number(open),
    high: Number(high),
    low: Number(low),
    last: Number(last),
    volume: Number(volume),
    markPrice: mark === undefined ? undefined : Number(mark),
    indexPrice: index === undefined ? undefined : Number(index),
    exact: { open, high, low, last, volume, mark, index },
    venueTime: millisOfNanos(timestamp_ns),
    receivedTime: at,
  };
}
