import * as t from 'io-ts';
import { frame } from '../../codec/frame.js';
import { isJsonObject } from '../../codec/jsonObject.js';
import { list } from '../../codec/list.js';
import { Text } from '../../codec/scalars.js';
import { Double, Time } from './scalars.js';

/** Source of all: `asyncapi.yml` of dxFeed/dxLink (1.0.2); unknown keys are passed over, and so are unknown types. */

/** What every frame has. */
export const AnyFrame = frame('dxlink.Frame', { type: Text, channel: t.Int });

export const SetupFrame = frame('dxlink.Setup', {}, { keepaliveTimeout: t.number, version: Text });

export const AuthState = frame('dxlink.AuthState', {
  state: t.keyof({ AUTHORIZED: null, UNAUTHORIZED: null }),
});

export const ErrorFrame = frame('dxlink.Error', { error: Text }, { message: Text });

/** A `FEED_CONFIG` may lack all of it: the guide of tastytrade shows one without `eventFields`. */
export const FeedConfig = frame('dxlink.FeedConfig', {}, { eventFields: t.record(t.string, list(t.string)) });

const SomeLevel = frame('dxlink.DomLevel', { price: Double, size: Double });
export type DomLevel = t.TypeOf<typeof SomeLevel>;

/** A level has price and size, or the venue says that it has neither: one that lacks either would be missing unsaid. */
const DomLevel = new t.Type<DomLevel, unknown>(
  SomeLevel.name,
  SomeLevel.is,
  (u, c) => {
    const read = SomeLevel.validate(u, c);
    if (read._tag === 'Left') return read;
    const { price, size } = read.right;
    const isLevel = isJsonObject(u) && 'price' in u && 'size' in u;
    return isLevel && (price === undefined) === (size === undefined) ? read : t.failure(u, c);
  },
  t.identity,
);

const DomLevels = list(DomLevel, `ReadonlyArray<${DomLevel.name}>`);

/** The whole depth of one symbol. */
export const DomSnapshot = frame('dxlink.DomSnapshot', { bids: DomLevels, asks: DomLevels }, { time: Time });
