import type { Either } from 'fp-ts/lib/Either.js';
import type { Errors } from 'io-ts';
import { checkText } from '../../errors/optionRules.js';
import type { ChannelSpec } from '../../socket/channel.js';
import type { Topic } from '../../socket/plan.js';
import type { OkxGroup } from './endpoint.js';

/** A subscription as the venue names it, in requests, answers and data alike. */
export interface OkxArg {
  readonly channel: string;
  readonly instId: string;
}

/** Ids are upper case: `BTC-USDT`, `BTC-USDT-SWAP`, `BTC-USD-220527`. */
export function instrumentOf(instrument: string): string {
  checkText('instrument', /^[^\s",:\\]+$/, 'an instrument id', instrument);
  return instrument.toUpperCase();
}

/** The key of a subscription: `books:BTC-USDT`. */
export const keyOf = ({ channel, instId }: OkxArg): string => `${channel}:${instId}`;

/** The subscription that a topic of ours stands for. */
export const argOf = ({ detail }: Topic): OkxArg => detail as OkxArg;

/** The channel of one instrument. */
export function channelOf<T>(
  group: OkxGroup,
  channel: string,
  instrument: string,
  decode: (payload: unknown, at: number) => Either<Errors, T>,
): ChannelSpec<T> {
  const arg: OkxArg = { channel, instId: instrumentOf(instrument) };
  return { topic: { key: keyOf(arg), group, fromStart: true, detail: arg }, decode };
}
