import * as t from 'io-ts';
import { Attachment, Char, Count, Double, Flag, Index, Side, Time, Word, Words } from './scalars.js';

/** The columns of a row, each read once and in order, as what their kind's codec makes of them. */
export interface Columns {
  /** `eventSymbol`. */
  readonly instrument: string;
  readonly receivedTime: number;
  attachment(): unknown;
  char(): string | undefined;
  count(): number | undefined;
  double(): number | undefined;
  flag(): boolean | undefined;
  index(): string | undefined;
  side(): 'BUY' | 'SELL' | undefined;
  time(): number | undefined;
  word(): string | undefined;
  words(): string | undefined;
}

/** Columns of no row, which note what they are asked for. */
class NotedColumns implements Columns {
  readonly instrument = '';
  readonly receivedTime = 0;
  readonly kinds: t.Mixed[] = [];
  readonly attachment = this.#noting(Attachment);
  readonly char = this.#noting(Char);
  readonly count = this.#noting(Count);
  readonly double = this.#noting(Double);
  readonly flag = this.#noting(Flag);
  readonly index = this.#noting(Index);
  readonly side = this.#noting(Side);
  readonly time = this.#noting(Time);
  readonly word = this.#noting(Word);
  readonly words = this.#noting(Words);

  #noting(kind: t.Mixed): () => undefined {
    return () => {
      this.kinds.push(kind);
      return undefined;
    };
  }
}

/** The fields that an event is read of, in the order of their columns, and the codec of each. */
export function fieldsOf(read: (row: Columns) => object): Readonly<Record<string, t.Mixed>> {
  const noted = new NotedColumns();
  const [, , , ...names] = Object.keys(read(noted));
  return Object.fromEntries(names.map((name, i) => [name, noted.kinds[i] ?? t.unknown]));
}
