import { type Observable, defer } from 'rxjs';
import { makeTrade } from '../../codec/makeTrade.js';
import { sparingReader } from '../../codec/sparing.js';
import { flatten } from '../../feed/flatten.js';
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

/** So many ids are remembered: with each subscription the venue tells some trades of before again. */
const REMEMBERED = 1_000;

/** The first frame of each subscription tells trades from before; what was told is not told once more as it happens. */
export const newsOf = (events$: Observable<ChannelEvent<readonly Trade[]>>): Observable<TradeNews> =>
  defer(() => {
    const news = new News();
    return events$.pipe(flatten((event) => news.of(event)));
  });

class News {
  #isFresh = true;
  readonly #told = new Set<string>();

  of(event: ChannelEvent<readonly Trade[]>): readonly TradeNews[] {
    if (event.type === 'begun') this.#isFresh = true;
    if (event.type !== 'message') return [];
    const isPast = this.#isFresh;
    this.#isFresh = false;
    const unknown = event.value.filter(({ id }) => !this.#told.has(id));
    for (const { id } of unknown) this.#remember(id);
    return [{ isPast, trades: isPast ? event.value : unknown }];
  }

  #remember(id: string): void {
    this.#told.add(id);
    if (this.#told.size <= REMEMBERED) return;
    const [oldest] = this.#told;
    if (oldest !== undefined) this.#told.delete(oldest);
  }
}

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
