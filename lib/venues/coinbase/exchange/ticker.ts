import { timeIfAny } from '../../../codec/isoTime.js';
import { numbersOf } from '../../../codec/numbersOf.js';
import { sparingReader } from '../../../codec/sparing.js';
import { leftOutOf } from '../../../feed/leftOut.js';
import type { Report } from '../../../model/fault.js';
import type { Ticker } from '../../../model/ticker.js';
import type { ChannelSpec } from '../../../socket/channel.js';
import { channelOf } from '../topics.js';
import { GROUP } from './endpoint.js';
import { TickerFrame } from './frames.js';

/** Statistics of the last 24 hours, with each trade. */
export const tickerChannel = (product: string, report: Report): ChannelSpec<Ticker> =>
  channelOf(
    GROUP,
    'ticker',
    product,
    sparingReader(TickerFrame, ['time'], leftOutOf(`ticker:${product}`, report), tickerOf),
  );

function tickerOf(frame: TickerFrame, at: number): Ticker {
  const { product_id, price, open_24h, low_24h, high_24h, volume_24h, time } = frame;
  const exact = { open: open_24h, high: high_24h, low: low_24h, last: price, volume: volume_24h };
  return { instrument: product_id, ...numbersOf(exact), exact, venueTime: timeIfAny(time), receivedTime: at };
}
