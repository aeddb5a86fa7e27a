import { makeTrade } from '../../codec/makeTrade.js';
import { sparingReader } from '../../codec/sparing.js';
import { leftOutOf } from '../../feed/leftOut.js';
import type { Report } from '../../model/fault.js';
import type { Trade } from '../../model/trade.js';
import type { ChannelSpec } from '../../socket/channel.js';
import { TradeFrame, type TradeRow } from './frames.js';
import { channelOf } from './topics.js';

/**
 * Trades of one symbol; of options those of all that have the same base coin, which is what they can be had by. A trade that
 * can't be read costs itself, and is told.
 */
export function tradesChannel(of: string, report: Report): ChannelSpec<readonly Trade[]> {
  const topic = `publicTrade.${of}`;
  const read = sparingReader(TradeFrame, ['data.*'], leftOutOf(topic, report), ({ data }, at) =>
    data.map((row) => tradeOf(row, at)),
  );
  return channelOf(topic, read);
}

const tradeOf = ({ T, s, S, v, p, i }: TradeRow, at: number): Trade =>
  makeTrade(
    {
      instrument: s,
      id: i,
      side: S === 'Buy' ? 'buy' : 'sell',
      venueTime: T,
      receivedTime: at,
    },
    p,
    v,
  );
