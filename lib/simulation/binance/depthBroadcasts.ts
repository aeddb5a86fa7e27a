import type { BookChange } from '../market/simulatedBook.js';
import type { LevelText } from '../market/side.js';
import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import type { Broadcast } from '../broadcast.js';
import type { BinanceMarket } from './streamName.js';

export interface BookBroadcastConfig {
  readonly market: BinanceMarket;
  readonly stream: string;
  readonly every: number;
  readonly instrument: SimulatedInstrument;
}

/** `<symbol>@depth[@speed]`: what changed since the last frame, each price once with its size at the end. */
export function diffBroadcast({ market, stream, every, instrument }: BookBroadcastConfig): Broadcast {
  const { book, spec } = instrument;
  let { beginnings, sequence: last } = book;
  return {
    stream,
    every,
    diff: true,
    collect: (now) => {
      if (book.beginnings !== beginnings) ({ beginnings, first: last } = book);
      const changes = book.changesAfter(last);
      const [first] = changes;
      if (first === undefined) return [];
      const previous = last;
      last = book.sequence;
      const time = market === 'usdm' ? `,"T":${changes.at(-1)?.at ?? now}` : '';
      const link = market === 'usdm' ? `,"pu":${previous}` : '';
      return [
        `{"e":"depthUpdate","E":${now}${time},"s":"${spec.symbol}","U":${first.sequence},"u":${last}${link}` +
          `,"b":${levels(latest(changes, 'bid'))},"a":${levels(latest(changes, 'ask'))}}`,
      ];
    },
    cross: (payload) => crossed(payload, instrument),
  };
}

/** `<symbol>@depth<levels>[@speed]`: the best levels, whenever the book has changed. */
export function partialDepthBroadcast({
  market,
  stream,
  every,
  instrument,
  levels: count,
}: BookBroadcastConfig & {
  readonly levels: number;
}): Broadcast {
  const { book, spec } = instrument;
  let last: number | undefined;
  return {
    stream,
    every,
    diff: false,
    collect: (now) => {
      if (book.sequence === last) return [];
      const previous = last ?? book.sequence;
      last = book.sequence;
      const bids = levels(best(book.bids.levels, count));
      const asks = levels(best(book.asks.levels, count));
      if (market === 'spot') return [`{"lastUpdateId":${last},"bids":${bids},"asks":${asks}}`];
      return [
        `{"e":"depthUpdate","E":${now},"T":${now},"s":"${spec.symbol}","U":${last},"u":${last},"pu":${previous}` +
          `,"b":${bids},"a":${asks}}`,
      ];
    },
  };
}

/** `<symbol>@bookTicker`: the best bid and ask, whenever a step of the market has moved one of them. */
export function bookTickerBroadcast({ market, stream, every, instrument }: BookBroadcastConfig): Broadcast {
  const { book, spec } = instrument;
  let lastBid: LevelText | undefined;
  let lastAsk: LevelText | undefined;
  return {
    stream,
    every,
    diff: false,
    collect: (now) => {
      const bid = book.bids.levels.at(-1);
      const ask = book.asks.levels.at(-1);
      if (bid === undefined || ask === undefined || (bid === lastBid && ask === lastAsk)) return [];
      lastBid = bid;
      lastAsk = ask;
      const top = `"u":${book.sequence},"s":"${spec.symbol}","b":"${bid[0]}","B":"${bid[1]}","a":"${ask[0]}","A":"${ask[1]}"`;
      return [market === 'spot' ? `{${top}}` : `{"e":"bookTicker",${top},"T":${now},"E":${now}}`];
    },
  };
}

const levels = (list: readonly LevelText[]): string =>
  `[${list.map(([price, size]) => `["${price}","${size}"]`).join(',')}]`;

/** Sides keep their best level last. */
const best = (side: readonly LevelText[], count: number): readonly LevelText[] => side.slice(-count).reverse();

function latest(changes: readonly BookChange[], side: 'bid' | 'ask'): readonly LevelText[] {
  const byKey = new Map<number, LevelText>();
  for (const change of changes) if (change.side === side) byKey.set(change.key, change.level);
  return [...byKey.values()];
}

/** The best ask may lie behind by now, which makes the bid above it cross all the more surely. */
function crossed(payload: string, { book, units }: SimulatedInstrument): string | undefined {
  const price = units.priceText(book.asks.turn(book.asks.bestKey) + 1);
  const bid = `["${price}","${units.sizeText(units.usualLots)}"]`;
  const others = /"b":\[(.*?)\],"a":/.exec(payload)?.[1] ?? '';
  const kept = others
    .split(/(?<=\]),/)
    .filter((level) => level !== '' && !level.startsWith(`["${price}"`))
    .concat(bid);
  return payload.replace(/"b":\[.*?\],"a":/, () => `"b":[${kept.join(',')}],"a":`);
}
