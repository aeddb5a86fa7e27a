import type { Either } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import type { ChannelSpec } from '../../socket/channel.js';
import { normalSymbol } from './candleSymbol.js';
import { contractOf } from './contracts.js';
import { type DxLinkEvent, type DxLinkEventType, rowCodec } from './eventTypes.js';
import type { DxLinkBookOptions, DxLinkEventOptions } from './exchange.js';
import type { DxLinkOrder } from './orders.js';
import { feedTopic } from './topics.js';

/** The events of one type and symbol. */
export function eventChannel<T extends DxLinkEventType>(
  type: T,
  symbol: string,
  { contract = contractOf(type), source, from }: DxLinkEventOptions = {},
): ChannelSpec<DxLinkEvent<T>> {
  return {
    topic: feedTopic({ contract, type, symbol: normalSymbol(symbol), source, fromTime: from }),
    decode: eventReader(type),
  };
}

/** The orders of one source, of which a book is made. */
export const orderChannel = (
  symbol: string,
  { source = 'NTV', type = 'Order' }: DxLinkBookOptions,
): ChannelSpec<DxLinkOrder> => eventChannel(type, symbol, { source });

/** What a channel of one event type reads its rows with. */
export function eventReader<T extends DxLinkEventType>(
  type: T,
): (payload: unknown, at: number) => Either<t.Errors, DxLinkEvent<T>> {
  const codec = rowCodec(type);
  return (payload, at) => {
    const result = codec.decode(payload);
    if (result._tag === 'Left') return result;
    const { eventSymbol, ...values } = result.right;
    const event = { event: type, instrument: eventSymbol, receivedTime: at, ...values };
    return t.success(event as DxLinkEvent<T>);
  };
}
