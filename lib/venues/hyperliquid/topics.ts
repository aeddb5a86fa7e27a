import type { Either } from 'fp-ts/lib/Either.js';
import type { Errors } from 'io-ts';
import type { JsonObject } from '../../codec/jsonObject.js';
import { checkText } from '../../errors/optionRules.js';
import type { ChannelSpec } from '../../socket/channel.js';

/** The one kind of wire. */
export const GROUP = 'api';

/** What is subscribed, as the venue asks for it. */
export interface Subscription {
  readonly type: string;
  readonly coin?: string;
  readonly interval?: string;
  readonly dex?: string;
  readonly nSigFigs?: number;
  readonly mantissa?: number;
  readonly fast?: boolean;
}

/** Coins stay as they are: `BTC`, `kPEPE`, `PURR/USDC`, `@107`, `xyz:XYZ100`. */
export function coinOf(coin: string): string {
  checkText('coin', /^[^\s",\\]+$/, 'a coin', coin);
  return coin;
}

/** The key of a subscription. The venue repeats one with its defaults written out: these are left out here. */
export function keyOf({ type, coin, interval, dex, nSigFigs, mantissa, fast }: JsonObject): string {
  const parts = [type, coin, interval, dex, nSigFigs, mantissa, fast === true ? 'fast' : undefined];
  return parts
    .filter((part) => part !== undefined && part !== null && part !== '')
    .map(String)
    .join(',');
}

/** A channel with what it is asked for by. @param slot What a wire has once: its data don't say which of them they are of. */
export const channelOf = <T>(
  subscription: Subscription,
  decode: (payload: unknown, at: number) => Either<Errors, T>,
  slot?: string,
): ChannelSpec<T> => ({
  topic: { key: keyOf({ ...subscription }), group: GROUP, slot, fromStart: true, detail: subscription },
  decode,
});
