/** Price and size of a level as the venue writes them. */
export type LevelText = readonly [price: string, size: string];

/**
 * One side of a simulated book. Levels are kept by a key that grows towards the best price (the tick of a bid, the
 * negated tick of an ask), so that both sides are one piece of code and the busy end is the cheap end of the arrays.
 */
export class Side {
  readonly keys: number[] = [];
  readonly lots: number[] = [];
  readonly levels: LevelText[] = [];

  constructor(readonly name: 'bid' | 'ask') {}

  /** How many levels there are. */
  get length(): number {
    return this.keys.length;
  }

  /** From tick to key and back. */
  turn(value: number): number {
    return this.name === 'bid' ? value : 0 - value;
  }

  /** The best key; lower than any other where the side is empty. */
  get bestKey(): number {
    return this.keys[this.keys.length - 1] ?? Number.NEGATIVE_INFINITY;
  }

  /** The key of the worst price; likewise. */
  get worstKey(): number {
    return this.keys[0] ?? Number.NEGATIVE_INFINITY;
  }

  /** Where the key stands, or would stand. */
  indexOf(key: number): number {
    return indexIn(this.keys, key);
  }

  /** How many lots stand at a key, 0 where there is no level. */
  lotsAt(key: number): number {
    const index = this.indexOf(key);
    return this.keys[index] === key ? (this.lots[index] ?? 0) : 0;
  }
}

/** The first index whose key is not below `key`. */
export function indexIn(keys: readonly number[], key: number): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] ?? 0) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
