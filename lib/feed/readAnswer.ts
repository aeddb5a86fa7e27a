import type * as t from 'io-ts';
import { parseLossless } from '../codec/losslessJson.js';
import { pathOf } from '../codec/path.js';
import { RequestFailedError } from '../errors/requestFailedError.js';
import type { HttpResponse } from '../network/network.js';

/**
 * Reads the body of an answer, without losing digits.
 *
 * @throws RequestFailedError for what is not what was requested; it says where, not what.
 */
export const readAnswer = <A>(codec: t.Decoder<unknown, A>, { body }: Pick<HttpResponse, 'body'>): A =>
  readPart(codec, jsonOf(body));

/** The same of an answer, or a piece of one, that is JSON no more. */
export function readPart<A>(codec: t.Decoder<unknown, A>, value: unknown): A {
  const result = codec.decode(value);
  if (result._tag === 'Right') return result.right;
  throw new RequestFailedError(`unreadable: ${pathOf(result.left)}`);
}

/** `undefined` for what is no JSON. */
export function jsonOf(text: string): unknown {
  try {
    return parseLossless(text);
  } catch {
    return undefined;
  }
}
