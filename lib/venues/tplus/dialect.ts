import { excerptOf } from '../../codec/excerpt.js';
import { isJsonObject } from '../../codec/jsonObject.js';
import { parseLossless } from '../../codec/losslessJson.js';
import { insideOf } from '../../codec/readFrame.js';
import type { LevelScanner } from '../../codec/scanSides.js';
import type { Dialect, Link } from '../../socket/plan.js';

export interface DialectConfig {
  /** The one channel of the wire. */
  readonly key: string;
  readonly link: Link;
  readonly alongside?: Dialect['alongside'];
  /** Reads frames as they mostly come; `undefined` where that is not so. */
  readonly frames?: Pick<LevelScanner, 'read'> | undefined;
  /** The venue says within the stream that it does not know our token. */
  readonly unauthorized?: (() => void) | undefined;
}

/**
 * How a T+ stream talks: it sends one kind of frame, and we say nothing. An object whose `type` is `subscriptions`,
 * `ping` or `pong` is control; it may be there or not, and is not waited for.
 */
export function tplusDialect({ key, link, alongside, unauthorized, frames }: DialectConfig): Dialect {
  return {
    implicit: true,
    alongside,
    receive: (text) => {
      const read = frames?.read(text) ?? parseLossless(text);
      const frame = insideOf(read);
      const type = isJsonObject(frame) ? frame['type'] : undefined;
      if (type === 'ping' || type === 'pong') return;
      if (type !== 'subscriptions' || !isJsonObject(frame)) {
        link.deliver(key, read);
        return;
      }
      const words = wordsOf(frame['errors']);
      if (words === '') return;
      if (unauthorized === undefined) link.rejected(key, words);
      else {
        unauthorized();
        link.lose('auth', `the venue ended the stream: ${words.slice(0, 100)}`);
      }
    },
    subscribe: () => ({}),
    unsubscribe: () => ({}),
  };
}

/**
 * What an acknowledgement says is wrong: nothing, `null` and whatever is empty say nothing.
 *
 * @throws for what is neither words nor holds any: it ends no stream.
 */
function wordsOf(errors: unknown = null): string {
  if (errors === null) return '';
  if (typeof errors === 'string') return errors;
  if (typeof errors !== 'object') throw new TypeError('tplus.Subscriptions/errors: Text');
  return Object.keys(errors).length === 0 ? '' : excerptOf(errors);
}
