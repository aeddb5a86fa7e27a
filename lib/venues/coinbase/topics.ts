import type { Either } from 'fp-ts/lib/Either.js';
import type { Errors } from 'io-ts';
import { grouped } from '../../codec/grouped.js';
import { checkText } from '../../errors/optionRules.js';
import type { ChannelSpec } from '../../socket/channel.js';
import type { Topic } from '../../socket/plan.js';

/** A subscription in the venue's words: one channel of one product. */
export interface Detail {
  readonly channel: string;
  readonly product: string;
}

/** Ids are upper case: `BTC-USD`. */
export function productOf(product: string): string {
  checkText('product', /^[^\s",:\\]+-[^\s",:\\]+$/, 'a product like BTC-USD', product);
  return product.toUpperCase();
}

/** The subscription that a topic of ours stands for. */
export const detailOf = ({ detail }: Topic): Detail => detail as Detail;

/** The name of a channel of a product: `ticker:BTC-USD`. */
export const keyOf = (channel: string, product: string): string => `${channel}:${product}`;

/**
 * The channel of one product.
 *
 * @param slot What frames tell of it, where that is less than the channel.
 */
export function channelOf<T>(
  group: string,
  channel: string,
  product: string,
  decode: (payload: unknown, at: number) => Either<Errors, T>,
  slot?: string,
): ChannelSpec<T> {
  const detail: Detail = { channel, product };
  const key = keyOf(channel, product);
  return {
    topic: { key, group, slot: slot === undefined ? undefined : keyOf(slot, product), fromStart: true, detail },
    decode,
  };
}

/** Topics by their channels, as requests name them. */
export const byChannel = (topics: readonly Topic[]): ReadonlyMap<string, readonly Topic[]> =>
  grouped(topics, (topic) => detailOf(topic).channel);

export const productsOf = (topics: readonly Topic[]): readonly string[] =>
  topics.map((topic) => detailOf(topic).product);
