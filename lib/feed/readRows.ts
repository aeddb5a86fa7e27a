import type * as t from 'io-ts';
import { REFUSED, tryDecodeOf } from '../codec/fastType.js';
import { pathOf } from '../codec/path.js';
import { RequestFailedError } from '../errors/requestFailedError.js';
import type { Report } from '../model/fault.js';
import { leftOutOf } from './leftOut.js';

/**
 * What the rows of an answer hold. One that can't be read costs itself; all of them together are told once.
 *
 * @param what Stands in the fault: a channel, or what else they are of.
 * @param to What a row is; `undefined` for what is left out without a word. Throws for what it can't be made of.
 * @throws RequestFailedError where there are rows, and none can be read.
 */
export function readRows<A, B>(
  what: string,
  codec: t.Decoder<unknown, A>,
  rows: readonly unknown[],
  report: Report,
  to: (row: A) => B | undefined,
): readonly B[] {
  const tryDecode = tryDecodeOf(codec);
  const read: B[] = [];
  let unread = 0;
  let path = '';
  for (const row of rows) {
    const value = tryDecode(row);
    let refused: string;
    if (value === REFUSED) {
      // Where in the row it is, is found out for the first only.
      refused = unread === 0 ? pathOf(errorsOf(codec.decode(row))) : path;
    } else {
      try {
        const one = to(value);
        if (one !== undefined) read.push(one);
        continue;
      } catch (error) {
        refused = String(error);
      }
    }
    if (unread === 0) path = refused;
    unread += 1;
  }
  if (unread === 0) return read;
  if (unread === rows.length) throw new RequestFailedError(`unreadable: ${path}`);
  leftOutOf(what, report)(Array<string>(unread).fill(path), rows);
  return read;
}

const errorsOf = (result: t.Validation<unknown>): t.Errors => (result._tag === 'Left' ? result.left : []);
