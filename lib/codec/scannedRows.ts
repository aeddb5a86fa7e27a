import * as t from 'io-ts';
import { FastType, tryDecodeOf } from './fastType.js';

/** Rows that were read from the text of a frame, each as the codec of a row would have read it; no JSON can make one. */
export class ScannedRows<T> {
  constructor(readonly rows: readonly T[]) {}

  /** As the venue sent them. */
  toJSON(): readonly T[] {
    return this.rows;
  }
}

/** The codec of a list whose rows may have been read from the text: these it takes as they are. */
export function orScanned<A, O>(list: t.Type<readonly A[], O>): t.Type<readonly A[], O> {
  const tryDecode = tryDecodeOf(list);
  const isScanned = (u: unknown): u is ScannedRows<A> => u instanceof ScannedRows;
  return new FastType<readonly A[], O>(
    list.name,
    list.is,
    (u) => (isScanned(u) ? u.rows : tryDecode(u)),
    list.encode,
    (u, c) => (isScanned(u) ? t.success(u.rows) : list.validate(u, c)),
  );
}
