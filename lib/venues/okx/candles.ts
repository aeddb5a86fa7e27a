import { monthFrom } from '../../book/candleSpan.js';
import { makeCandle } from '../../codec/makeCandle.js';
import { reader } from '../../codec/read.js';
import { checkOneOf } from '../../errors/checks.js';
import type { Candle } from '../../model/candle.js';
import type { ChannelSpec } from '../../socket/channel.js';
import { CandleFrame, type CandleRow } from './frames.js';
import { channelOf, instrumentOf } from './topics.js';

/** From six hours on they begin by the clock of Hong Kong (UTC+8), and with `utc` behind them by that of UTC. */
export type OkxInterval =
  '1s' | `${1 | 3 | 5 | 15 | 30}m` | `${1 | 2 | 4}H` | `${6 | 12}H${'' | 'utc'}` | `1${'D' | 'W' | 'M'}${'' | 'utc'}`;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Lengths in ms; a month has none. */
const lengths: Readonly<Record<OkxInterval, number | undefined>> = {
  '1s': 1_000,
  '1m': MINUTE,
  '3m': 3 * MINUTE,
  '5m': 5 * MINUTE,
  '15m': 15 * MINUTE,
  '30m': 30 * MINUTE,
  '1H': HOUR,
  '2H': 2 * HOUR,
  '4H': 4 * HOUR,
  '6H': 6 * HOUR,
  '6Hutc': 6 * HOUR,
  '12H': 12 * HOUR,
  '12Hutc': 12 * HOUR,
  '1D': DAY,
  '1Dutc': DAY,
  '1W': 7 * DAY,
  '1Wutc': 7 * DAY,
  '1M': undefined,
  '1Mutc': undefined,
};

/** Every interval the venue has candles of. */
export const okxIntervals = Object.keys(lengths) as readonly OkxInterval[];

/** The candle of the present interval as it grows, closed at its end. */
export function candlesChannel(instrument: string, interval: OkxInterval): ChannelSpec<readonly Candle[]> {
  // Callers without types are told, too.
  checkOneOf('interval', okxIntervals, interval);
  const instId = instrumentOf(instrument);
  const read = reader(CandleFrame, ({ data }, at) => data.map((row) => candleOf(instId, interval, row, at)));
  return channelOf('business', `candle${interval}`, instId, read);
}

/** A row as a candle. */
export function candleOf(instrument: string, interval: OkxInterval, row: CandleRow, at: number): Candle {
  const { ts: openTime, o: open, h: high, l: low, c: close, vol, volCcy, confirm } = row;
  // `BTC-USDT` is spot; whatever has more to its name is a contract, whose second volume is the one in base units.
  const volume = instrument.split('-').length > 2 ? volCcy : vol;
  const exact = { open, high, low, close, volume };
  const facts = {
    instrument,
    interval,
    openTime,
    closeTime: openTime + (lengths[interval] ?? monthFrom(openTime)) - 1,
    closed: confirm === '1',
    receivedTime: at,
  };
  return makeCandle(facts, exact);
}
