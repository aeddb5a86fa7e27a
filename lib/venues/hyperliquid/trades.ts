import { type Observable, filter, map, scan } from 'rxjs';
import { makeTrade } from '../../codec/makeTrade.js';
import { sparingReader } from '../../codec/sparing.js';
import { leftOutOf } from '../../feed/leftOut.js';
import type { Report } from '../../model/fault.js';
import type { Trade } from '../../model/trade.js';
import type { ChannelSpec } from '../../socket/channel.js';
import type { ChannelEvent } from '../../socket/channelEvent.js';
import { TradesFrame, type TradeRow } from './frames.js';
import { channelOf } from './topics.js';

/** Trades, as they happen or from before the subscription. */
export interface TradeNews {
  readonly isPast: boolean;
  readonly trades: readonly Trade[];
}

/** A trade that can't be read costs itself, and is told. */
export function tradesChannel(coin: string, report: Report): ChannelSpec<readonly Trade[]> {
  const subscription = { type: 'trades', coin };
  const unread = leftOutOf(`trades,${coin}`, report);
  return channelOf(
    subscription,
    sparingReader(TradesFrame, ['*'], unread, (rows, at) => rows.map((row) => tradeOf(row, at))),
  );
}

/** The first frame of each subscription tells trades from before. */
export const newsOf = (events$: Observable<ChannelEvent<readonly Trade[]>>): Observable<TradeNews> =>
  events$.pipe(
    scan<ChannelEvent<readonly Trade[]>, { readonly isFresh: boolean; readonly news: TradeNews | undefined }>(
      ({ isFresh }, event) => {
        if (event.type === 'begun') return { isFresh: true, news: undefined };
        if (event.type !== 'message') return { isFresh, news: undefined };
        return { isFresh: false, news: { isPast: isFresh, trades: event.value } };
      },
      { isFresh: true, news: undefined },
    ),
    map(({ news }) => news),
    filter((news) => news !== undefined),
  );

const tradeOf = ({ coin, side, px, sz, time, tid }: TradeRow, at: number): Trade =>
  makeTrade(
    {
      instrument: coin,
      id: tid,
      side: side === 'B' ? 'buy' : 'sell',
      venueTime: time,
      receivedTime: at,
    },
    px,
    sz,
  );
