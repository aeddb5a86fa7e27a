import { makeTrade } from '../../codec/makeTrade.js';
import { sparingReader } from '../../codec/sparing.js';
import { leftOutOf } from '../../feed/leftOut.js';
import type { Report } from '../../model/fault.js';
import type { Trade } from '../../model/trade.js';
import type { ChannelSpec } from '../../socket/channel.js';
import { TradeFrame, type TradeRow, TradesFrame } from './frames.js';
import { reader } from '../../codec/read.js';
import { byKind } from './frameData.js';
import { channelOf } from './topics.js';

/** Trades, as they happen or from before the subscription. */
export interface TradeNews {
  readonly isPast: boolean;
  readonly trades: readonly Trade[];
}

/** A trade is told when it is executed (`te`), and some ms later again (`tu`), which is passed over. */
export function tradesChannel(instrument: string, report: Report): ChannelSpec<readonly TradeNews[]> {
  const unread = leftOutOf(`trades:${instrument}`, report);
  const snapshot = sparingReader(TradesFrame, ['data.*'], unread, ({ data }, at): readonly TradeNews[] => {
    // The newest comes first.
    return [{ isPast: true, trades: data.map((row) => tradeOf(instrument, row, at)).reverse() }];
  });
  const te = reader(TradeFrame, ({ data }, at): readonly TradeNews[] => [
    { isPast: false, trades: [tradeOf(instrument, data, at)] },
  ]);
  // Each of them has its word: one without is none that can be read.
  const kinds = byKind({ snapshot, te, update: snapshot }, []);
  return channelOf({ channel: 'trades', symbol: instrument }, kinds);
}

const tradeOf = (instrument: string, { id, time, amount, price }: TradeRow, at: number): Trade =>
  makeTrade(
    {
      instrument,
      id,
      side: amount.startsWith('-') ? 'sell' : 'buy',
      venueTime: time,
      receivedTime: at,
    },
    price,
    amount.replace('-', ''),
  );
