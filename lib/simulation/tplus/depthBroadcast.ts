import type { Broadcast } from '../broadcast.js';
import type { BookChange } from '../market/simulatedBook.js';
import type { LevelText } from '../market/side.js';
import type { Asset } from './assets.js';
import type { Numbering } from './numbering.js';

export interface DepthBroadcastConfig {
  readonly stream: string;
  readonly asset: Asset;
  readonly numbering: Numbering;
  /** How levels are written: the samples have texts, the venue's client takes both. */
  readonly levels: 'texts' | 'numbers';
}

/** `/marketdepth/diff/{asset}`: each change of the book by itself, each with the next number. */
export function depthBroadcast({ stream, asset, numbering, levels }: DepthBroadcastConfig): Broadcast {
  const { book, spec, units } = asset.instrument;
  let last = book.sequence;
  const diffOf = ({ sequence, side, level }: BookChange): string => {
    const text = `[${levelText(level, levels)}]`;
    const sides = side === 'bid' ? `"bids":${text},"asks":[]` : `"bids":[],"asks":${text}`;
    return `{${sides},"sequence_number":${numbering.numberOf(spec.symbol, sequence)}}`;
  };
  return {
    stream,
    every: 0,
    diff: true,
    collect: () => {
      const changes = book.changesAfter(last);
      last = book.sequence;
      return changes.map(diffOf);
    },
    cross: (payload) => {
      // Above every ask: the best one may have been another when this change was made.
      const price = units.priceText(book.asks.turn(book.asks.worstKey) + 1);
      const bid = levelText([price, units.sizeText(units.usualLots)], levels);
      return payload.replace('"bids":[[', `"bids":[${bid},[`).replace('"bids":[]', `"bids":[${bid}]`);
    },
  };
}

const levelText = ([price, size]: LevelText, form: 'texts' | 'numbers'): string =>
  form === 'texts' ? `["${price}","${size}"]` : `[${Number(price)},${Number(size)}]`;
