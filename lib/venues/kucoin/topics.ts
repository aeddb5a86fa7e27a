import type { Either } from 'fp-ts/lib/Either.js';
import type { Errors } from 'io-ts';
import { grouped } from '../../codec/grouped.js';
import { checkText } from '../../errors/optionRules.js';
import type { ChannelSpec } from '../../socket/channel.js';

/** The one kind of wire. */
export const GROUP = 'public';

/** Symbols are upper case: `BTC-USDT`. */
export function symbolOf(symbol: string): string {
  checkText('symbol', /^[^\s\p{Surrogate}",:_\\]+$/u, 'a symbol', symbol);
  return symbol.toUpperCase();
}

/** A channel under the venue's own name of its topic: `/market/level2:BTC-USDT`. */
export const channelOf = <T>(
  kind: string,
  of: string,
  decode: (payload: unknown, at: number) => Either<Errors, T>,
): ChannelSpec<T> => ({ topic: { key: `${kind}:${of}`, group: GROUP, fromStart: true }, decode });

/** One kind of topics, and what of it: one message is about one kind. */
export interface TopicsOfKind {
  readonly kind: string;
  readonly of: readonly string[];
}

/** Topics by their kinds, in the order in which they come. */
export const byKind = (keys: readonly string[]): readonly TopicsOfKind[] =>
  [...grouped(keys, (key) => partsOf(key)[0])].map(([kind, some]) => ({
    kind,
    of: some.map((key) => partsOf(key)[1]),
  }));

function partsOf(key: string): readonly [kind: string, of: string] {
  const [kind = '', of = ''] = key.split(':');
  return [kind, of];
}
