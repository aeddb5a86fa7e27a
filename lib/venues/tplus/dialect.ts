import { excerptOf } from '../../codec/excerpt.js';
import { isJsonObject } from '../../codec/jsonObject.js';
import { parseLossless } from '../../codec/losslessJson.js';
import type { Dialect, Link } from '../../socket/plan.js';

export interface DialectConfig {
  /** The one channel of the wire. */
  readonly key: string;
  readonly link: Link;
  readonly alongside?: Dialect['alongside'];
  /** The venue says within the stream that it does not know our token. */
  readonly unauthorized?: (() => void) | undefined;
}

/**
 * How a T+ stream talks: it sends one kind of frame, and we say nothing. An object whose `type` is `subscriptions`,
 * `ping` or `pong` is control; it may be there or not, and is not waited for.
 */
export function tplusDialect({ key, link, alongside, unauthorized }: DialectConfig): Dialect {
  return {
    implicit: true,
    alongside,
    receive: (text) => {
      const frame = parseLossless(text);
      const type = isJsonObject(frame) ? frame['type'] : undefined;
      if (type === 'ping' || type === 'pong') return;
      if (type !== 'subscriptions' || !isJsonObject(frame)) {
        link.deliver(key, frame);
        return;
      }
      const { errors } = frame;
      if (errors === null || errors === undefined) return;
      const words = typeof errors === 'string' ? errors : excerptOf(errors);
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
