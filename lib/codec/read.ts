import type { Either } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { REFUSED, tryDecodeOf } from './fastType.js';

/**
 * What a channel reads its payloads with: the venue's codec, then a renaming into the library's words.
 *
 * @param to Renames, nothing else: no state, no clock, no filter. `at` is when the frame was received, in ms.
 */
export function reader<A, B>(
  codec: t.Type<A, unknown>,
  to: (value: A, at: number) => B,
): (payload: unknown, at: number) => Either<t.Errors, B> {
  const tryDecode = tryDecodeOf(codec);
  return (payload, at) => {
    const value = tryDecode(payload);
    if (value !== REFUSED) return t.success(to(value, at));
    // Where in the frame an error is, is found out only when there is one.
    const result = codec.decode(payload);
    return result._tag === 'Left' ? result : t.success(to(result.right, at));
  };
}
