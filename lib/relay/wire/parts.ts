import { leaf } from '../../codec/scalars.js';
import { frame } from '../../codec/frame.js';
import * as t from 'io-ts';

/**
 * No message is longer, in characters: a NATS server takes a payload of 1 MiB where nothing else is set, and a piece within
 * a piece may take twice its room.
 */
export const PIECE = 300_000;
/** No message is put together of more. */
const MOST = 1_000;

const Count = leaf<number>('Count', (u): u is number => Number.isSafeInteger(u) && Number(u) >= 0 && Number(u) <= MOST);

/** A part of a message that is longer than one can be. */
export interface Piece {
  /** Which of them it is, from 0. */
  readonly i: number;
  /** How many there are. */
  readonly k: number;
  readonly d: string;
}
const PieceMessage = frame('relay.piece', { i: Count, k: Count, d: t.string });

/** A text in pieces. */
export function piecesOf(text: string): readonly Piece[] {
  const count = Math.ceil(text.length / PIECE);
  return Array.from({ length: count }, (_, i) => ({ i, k: count, d: text.slice(i * PIECE, (i + 1) * PIECE) }));
}

/** Puts pieces together that come in order. */
export class Assembly {
  #held: string[] = [];

  /** @returns The whole text with its last piece; `undefined` before it; `broken` for what does not go on. */
  add(message: unknown): { readonly text: string } | undefined | 'broken' {
    const read = PieceMessage.decode(message);
    if (read._tag === 'Left') return 'broken';
    const { i, k, d } = read.right;
    if (i === 0) this.#held = [];
    if (i !== this.#held.length || i >= k) return 'broken';
    this.#held.push(d);
    if (i + 1 < k) return undefined;
    const text = this.#held.join('');
    this.#held = [];
    return { text };
  }
}
