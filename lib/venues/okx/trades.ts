import { makeTrade } from '../../codec/makeTrade.js';
import { sparingReader } from '../../codec/sparing.js';
import { leftOutOf } from '../../feed/leftOut.js';
import type { Report } from '../../model/fault.js';
import type { Trade } from '../../model/trade.js';
import type { ChannelSpec } from '../../socket/channel.js';
import { TradeFrame, type TradeRow } from './frames.js';
import { channelOf, instrumentOf, keyOf } from './topics.js';

/**
 * `trades` puts the fills of one taker order at one price together, with the id of the last; `trades-all` tells each by
 * itself. A trade that can't be read costs itself, and is told.
 */
export function tradesChannel(
  instrument: string,
  channel: 'trades' | 'trades-all',
  report: Report,
): ChannelSpec<readonly Trade[]> {
  const unread = leftOutOf(keyOf({ channel, instId: instrumentOf(instrument) }), report);
  const read = sparingReader(TradeFrame, ['data.*'], unread, ({ data }, at) => data.map((row) => tradeOf(row, at)));
  return channelOf(channel === 'trades' ? 'public' : 'business', channel, instrument, read);
}

const tradeOf = ({ instId, tradeId, px, sz, side, ts }: TradeRow, at: number): Trade =>
  makeTrade(
    {
      instrument: instId,
      id: tradeId,
      side,
      venueTime: ts,
      receivedTime: at,
    },
    px,
    sz,
  );
