import type { LevelText } from '../../../../lib/simulation/market/side.js';
import { DepthWindow } from '../../../../lib/simulation/topics/depthWindow.js';
import type { TopicBroadcast } from '../../../../lib/simulation/topics/topicBroadcast.js';
import type { BitstampPair, LinkedEvent } from './bitstampPair.js';

/** The stream of a channel; none where there is no such kind. */
export function streamOf(kind: string, channel: string, pair: BitstampPair): TopicBroadcast | undefined {
  switch (kind) {
    case 'diff_order_book':
      return changeStream(channel, pair);
    case 'order_book':
      return wholeStream(channel, pair);
    case 'live_orders':
      return orderStream(channel, pair);
    case 'live_trades':
      return tradeStream(channel, pair);
    default:
      return undefined;
  }
}

const seconds = (micros: number): string => String(Math.floor(micros / 1_000_000));

const frame = (channel: string, event: string, data: object, link: object = {}): string =>
  JSON.stringify({ data, channel, event, ...link });

const book = (channel: string, micros: number, bids: readonly LevelText[], asks: readonly LevelText[]): string =>
  frame(channel, 'data', { timestamp: seconds(micros), microtimestamp: `${micros}`, bids, asks });

function changeStream(channel: string, pair: BitstampPair): TopicBroadcast {
  const window = new DepthWindow(pair.instrument, { tellsPushedOut: true });
  return {
    stream: channel,
    every: 0,
    diff: true,
    opening: () => [],
    collect: () => {
      const sides = window.collect();
      return sides === undefined ? [] : [book(channel, pair.micros, sides.bids, sides.asks)];
    },
    cross: (payload) => {
      const [best] = window.whole.asks;
      const row = best && JSON.stringify([String(Number(best[0]) * 2), best[1]]);
      return (
        row && payload.replace(/"bids":\[(.)/, (_, next: string) => `"bids":[${row}${next === ']' ? '' : ','}${next}`)
      );
    },
  };
}

/** The best 100 levels, whole in each frame. */
function wholeStream(channel: string, pair: BitstampPair): TopicBroadcast {
  const window = new DepthWindow(pair.instrument, { depth: 100, tellsPushedOut: true });
  return {
    stream: channel,
    every: 0,
    diff: false,
    opening: () => [],
    collect: () => {
      if (window.collect() === undefined) return [];
      const { bids, asks } = window.whole;
      return [book(channel, pair.micros, bids, asks)];
    },
  };
}

function orderStream(channel: string, pair: BitstampPair): TopicBroadcast {
  const text = ({ id, side, type, price, size, micros, eventId, previousId }: LinkedEvent): string => {
    const amounts = { amount: Number(size), amount_str: size, amount_traded: '0', amount_at_create: size };
    const kind = { id, id_str: `${id}`, order_type: side === 'bid' ? 0 : 1, order_subtype: 0 };
    const times = { datetime: seconds(micros), microtimestamp: `${micros}` };
    const prices = { price: Number(price), price_str: price, is_liquidation: false };
    const link = { event_id: eventId, pre_event_id: previousId, order_source: 'orderbook' };
    return frame(channel, `order_${type}`, { ...kind, ...times, ...amounts, ...prices }, link);
  };
  return { stream: channel, every: 0, diff: true, opening: () => [], collect: () => pair.events.map(text) };
}

function tradeStream(channel: string, { instrument: { tape } }: BitstampPair): TopicBroadcast {
  let last = tape.lastTrade;
  return {
    stream: channel,
    every: 0,
    diff: false,
    opening: () => [],
    collect: () => {
      const trades = tape.tradesAfter(last);
      last = tape.lastTrade;
      return trades.map(({ id, at, price, size, side }) => {
        const figures = { amount: Number(size), amount_str: size, price: Number(price), price_str: price };
        const times = { timestamp: seconds(1_000 * at), microtimestamp: `${1_000 * at}` };
        const orders = { buy_order_id: 2 * id, sell_order_id: 2 * id + 1 };
        return frame(channel, 'trade', { id, ...times, ...figures, type: side === 'buy' ? 0 : 1, ...orders });
      });
    },
  };
}
