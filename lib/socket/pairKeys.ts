/**
 * Keys of two words, such as `trades:BTC-USDT`, each put together once: one that is made for every frame has to be written out
 * and hashed before anything is found by it, which takes as long as ten looks at what is known. As many as there are streams in
 * a session, whose dialect has them.
 */
export class PairKeys {
  readonly #byFirst = new Map<string, Map<string, string>>();

  /** The key of these two: `first:second`. */
  of(first: string, second: string): string {
    let keys = this.#byFirst.get(first);
    if (keys === undefined) this.#byFirst.set(first, (keys = new Map<string, string>()));
    let key = keys.get(second);
    if (key === undefined) keys.set(second, (key = `${first}:${second}`));
    return key;
  }
}
