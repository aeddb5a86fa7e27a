import type * as t from 'io-ts';
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
  const paths: string[] = [];
  const read: B[] = [];
  for (const row of rows) {
    const result = codec.decode(row);
    if (result._tag === 'Left') paths.push(pathOf(result.left));
    else {
      try {
        const one = to(result.right);
        if (one !== undefined) read.push(one);
      } catch (error) {
        paths.push(String(error));
      }
    }
  }
  if (paths.length === 0) return read;
  if (paths.length === rows.length) throw new RequestFailedError(`unreadable: ${paths[0]}`);
  leftOutOf(what, report)(paths, rows);
  return read;
}
