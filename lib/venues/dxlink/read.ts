import type { Either } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { type DxEvent, type DxEventType, rowCodec } from './eventTypes.js';

/** What a channel of one event type reads its rows with. */
export function eventReader<T extends DxEventType>(
  type: T,
): (payload: unknown, at: number) => Either<t.Errors, DxEvent<T>> {
  const codec = rowCodec(type);
  return (payload, at) => {
    const result = codec.decode(payload);
    if (result._tag === 'Left') return result;
    const { eventSymbol, ...values } = result.right;
    const event = { event: type, instrument: eventSymbol, receivedTime: at, ...values };
    return t.success(event as DxEvent<T>);
  };
}
