import * as t from 'io-ts';
import { FastType, tryDecodeOf } from './fastType.js';

/** A frame that was read from its text to what its codec makes of it; no JSON can make one. */
export class ReadFrame {
  constructor(readonly value: unknown) {}
}

/** What stands in a frame, whether it was read already or not. */
export const insideOf = (frame: unknown): unknown => (frame instanceof ReadFrame ? frame.value : frame);

/** The codec of a frame that may have been read already: that it takes as it is. */
export class OrRead<A, O> extends FastType<A, O> {
  constructor(readonly codec: t.Type<A, O>) {
    const tryDecode = tryDecodeOf(codec);
    super(
      codec.name,
      codec.is,
      (u) => (u instanceof ReadFrame ? (u.value as A) : tryDecode(u)),
      codec.encode,
      (u, c) => (u instanceof ReadFrame ? t.success(u.value as A) : codec.validate(u, c)),
    );
  }
}

/** {@link OrRead} of a codec. */
export const orRead = <A, O>(codec: t.Type<A, O>): t.Type<A, O> => new OrRead(codec);
