import type { TopicBroadcast } from '../../../../lib/simulation/topics/topicBroadcast.js';
import type { KucoinBook } from './kucoinBook.js';

/** The stream of a topic; none where there is no such kind. */
export function streamOf(kind: string, symbol: string, book: KucoinBook): TopicBroadcast | undefined {
  switch (kind) {
    case '/market/level2':
      return changeStream(`${kind}:${symbol}`, symbol, book);
    case '/market/match':
      return matchStream(`${kind}:${symbol}`, symbol, book);
    default:
      return undefined;
  }
}

const message = (topic: string, subject: string, data: object): string =>
  JSON.stringify({ type: 'message', topic, subject, data });

function changeStream(topic: string, symbol: string, book: KucoinBook): TopicBroadcast {
  const text = (now: number, asks: readonly unknown[], bids: readonly unknown[], numbers: object): string =>
    message(topic, 'trade.l2update', { changes: { asks, bids }, ...numbers, symbol, time: now });
  return {
    stream: topic,
    every: 0,
    diff: true,
    opening: () => [],
    collect: (now) =>
      book.frames.map(({ asks, bids, sequenceStart, sequenceEnd }) =>
        text(now, asks, bids, { sequenceStart, sequenceEnd }),
      ),
    cross: (payload) => {
      const [best] = book.instrument.book.trueBook()?.asks ?? [];
      const end = /"sequenceEnd":(\d+)/.exec(payload)?.[1];
      if (best === undefined || end === undefined) return undefined;
      const row = JSON.stringify([String(Number(best[0]) * 2), best[1], end]);
      return payload.replace(/"bids":\[(.)/, (_, next: string) => `"bids":[${row}${next === ']' ? '' : ','}${next}`);
    },
  };
}

function matchStream(topic: string, symbol: string, { instrument: { tape } }: KucoinBook): TopicBroadcast {
  let last = tape.lastTrade;
  return {
    stream: topic,
    every: 0,
    diff: false,
    opening: () => [],
    collect: () => {
      const trades = tape.tradesAfter(last);
      last = tape.lastTrade;
      return trades.map(({ id, at, price, size, side }) => {
        const orders = { takerOrderId: `t${id}`, makerOrderId: `m${id}` };
        const trade = {
          symbol,
          sequence: `${id}`,
          side,
          size,
          price,
          ...orders,
          tradeId: `${id}`,
          time: `${at}000000`,
        };
        return message(topic, 'trade.l3match', { ...trade, type: 'match' });
      });
    },
  };
}
