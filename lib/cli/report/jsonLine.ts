import type { PriceLevel } from '../../model/priceLevel.js';
import type { WatchInput } from '../view/advance.js';
import type { WatchState } from '../view/watchState.js';

type Pair = readonly [price: string, size: string];

/**
 * `input` as one JSON object on one line, in the shape that `watch --help` promises; `undefined` where it says nothing.
 * Prices and sizes are the venue's own texts.
 */
export function jsonLine(after: WatchState, input: WatchInput, depth: number): string | undefined {
  const value = shapeOf(after, input, depth);
  return value === undefined
    ? undefined
    : JSON.stringify({ type: input.type === 'ended' ? 'end' : input.type, at: input.at, ...value });
}

function shapeOf(after: WatchState, input: WatchInput, depth: number): object | undefined {
  switch (input.type) {
    case 'connection': {
      const { at: _, ...rest } = input.connection;
      return rest;
    }
    case 'fault': {
      const { type: fault, at: _, ...rest } = input.fault;
      return { fault, ...rest };
    }
    case 'book': {
      const { book: state } = input;
      if (state.status === 'syncing') return { status: state.status, instrument: after.subject.instrument };
      const { status, book } = state;
      const stale = state.status === 'stale' ? { reason: state.reason, since: state.since } : {};
      const { instrument, sequence, venueTime } = book;
      const bids = book.bids.slice(depth).map(pair);
      return { status, ...stale, instrument, sequence, venueTime, bids, asks: book.asks.slice(depth).map(pair) };
    }
    case 'trade': {
      const { instrument, id, side, exact, venueTime } = input.trade;
      return { instrument, id, side, price: exact.price, size: exact.size, venueTime };
    }
    case 'quote': {
      const { instrument, bid, ask, sequence, venueTime } = input.quote;
      return { instrument, sequence, venueTime, bid: bid && pair(bid), ask: ask && pair(ask) };
    }
    case 'candle': {
      const { instrument, interval, openTime, closeTime, exact, trades, closed } = input.candle;
      return { instrument, interval, openTime, closeTime, ...exact, trades, closed };
    }
    case 'ticker':
      return { instrument: input.ticker.instrument, ...input.ticker.exact, venueTime: input.ticker.venueTime };
    case 'table':
      return { instrument: after.subject.instrument, ...input.table.json };
    case 'refused':
      return { instrument: after.subject.instrument, text: input.why };
    case 'ended':
      return { why: input.why, ...after.counts };
    case 'messages':
    case 'tick':
      return undefined;
  }
}

const pair = ({ exact: { price, size } }: PriceLevel): Pair => [price, size];
