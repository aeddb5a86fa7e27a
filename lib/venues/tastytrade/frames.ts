import * as t from 'io-ts';
import { frame } from '../../codec/frame.js';
import { orNone } from '../../codec/orNone.js';
import { Text } from '../../codec/scalars.js';

/**
 * An answer to a message of ours. Some lack `request-id`: error replies, and some to heartbeats. Source: captured frames
 * in the tests of QuantConnect/Lean.Brokerages.Tastytrade and ravinagabhyru/tastytrade-rs.
 */
export const Reply = frame('tastytrade.Reply', { status: Text, action: Text });
export type Reply = t.TypeOf<typeof Reply>;

/** Something that happened: the whole object, never a difference. `ws-sequence` came in 2026; gaps in it mean nothing known. */
export const Notification = frame('tastytrade.Notification', { type: Text, data: t.unknown });
export type Notification = t.TypeOf<typeof Notification>;

/** `POST /oauth/token`. Not wrapped in `data`, unlike all else. `expires_in` is in seconds, and may be absent (RFC 6749, 5.1). */
export const TokenAnswer = frame('tastytrade.TokenAnswer', { access_token: Text }, { expires_in: t.unknown });

/** `GET /api-quote-tokens`. */
export const QuoteTokenAnswer = frame('tastytrade.QuoteTokenAnswer', {
  data: frame('tastytrade.QuoteToken', { token: Text, 'dxlink-url': Text }, { level: t.unknown }),
});

/** One object, or a list under `items`. */
export const RestAnswer = frame('tastytrade.RestAnswer', { data: t.UnknownRecord });
export const RestList = frame('tastytrade.RestList', { items: t.array(t.unknown) });

/** What an answer with an error status says. */
export const RestError = frame('tastytrade.RestError', {
  error: frame('tastytrade.Error', { code: Text }, { message: orNone(Text) }),
});
