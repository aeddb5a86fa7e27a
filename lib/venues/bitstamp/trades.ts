import { makeTrade } from '../../codec/makeTrade.js';
import { reader } from '../../codec/read.js';
import type { Trade } from '../../model/trade.js';
import type { ChannelSpec } from '../../socket/channel.js';
import { millisOf, TradeFrame } from './frames.js';
import { channelOf } from './topics.js';

export const tradesChannel = (instrument: string): ChannelSpec<Trade> =>
  channelOf(
    'live_trades',
    instrument,
    reader(TradeFrame, ({ data: { id, price_str, amount_str, type, microtimestamp } }, at) =>
      makeTrade(
        {
          instrument,
          id,
          side: type === 0 ? 'buy' : 'sell',
          venueTime: millisOf(microtimestamp),
          receivedTime: at,
        },
        price_str,
        amount_str,
      ),
    ),
  );
