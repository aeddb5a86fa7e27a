import { isRecord, parseRecord } from '../parseRecord.js';
import { idOf } from './ids.js';

/** Error codes of the venue (`error_codes.rs`). */
export const CODES = {
  invalidRequest: 1001,
  parseError: 1002,
  marketNotFound: 2000,
  alreadySubscribed: 6000,
  tooManySubscriptions: 6001,
} as const;

/** What a client wants of its connection, or how its text failed to say it. */
export type Command =
  | { readonly type: 'ping' }
  | { readonly type: 'depth'; readonly market: string; readonly precision: bigint }
  | { readonly type: 'view'; readonly market: string; readonly precision: bigint; readonly every: number }
  | { readonly type: 'trades'; readonly market: string }
  | { readonly type: AccountKind; readonly identities: readonly Owner[] }
  | { readonly type: 'endDepth' | 'endView' | 'endTrades'; readonly market: string }
  | { readonly type: 'endOrders' }
  | { readonly type: 'endBalances' | 'endNonce'; readonly identities: readonly Owner[] }
  | { readonly type: 'error'; readonly code: number; readonly message: string };

export type AccountKind = 'orders' | 'balances' | 'nonce';

/** An identity in one text: `ContractId 0x…`. */
export type Owner = string;

const frequencies: Readonly<Record<string, number>> = { '100ms': 100, '500ms': 500, '1s': 1_000, '3s': 3_000 };

/** Reads a client's text. Source: `requests.rs` of the server's types; `websocket.ts` of the TypeScript SDK. */
export function commandOf(text: string): Command {
  if (text === 'PING') return { type: 'ping' };
  const frame = parseRecord(text);
  if (frame === undefined) return { type: 'error', code: CODES.parseError, message: 'Failed to parse the message' };
  const invalid = (message: string): Command => ({ type: 'error', code: CODES.invalidRequest, message });
  const { action, market_id: market, precision, frequency, identities } = frame;
  const withMarket = (make: (id: string) => Command): Command =>
    typeof market === 'string' ? make(idOf(market)) : invalid('missing field `market_id`');
  const withOwners = (make: (owners: readonly Owner[]) => Command): Command => {
    const owners = ownersOf(identities);
    return owners === undefined ? invalid('invalid `identities`') : make(owners);
  };
  const withPrecision = (make: (precision: bigint) => Command): Command =>
    typeof precision === 'string' && /^10{0,9}$/.test(precision)
      ? make(BigInt(precision))
      : invalid('invalid `precision`');
  switch (action) {
    case 'subscribe_depth':
      return withMarket((id) => withPrecision((step) => ({ type: 'depth', market: id, precision: step })));
    case 'subscribe_depth_view': {
      const every = frequencies[String(frequency)];
      if (every === undefined) return invalid('invalid `frequency`');
      return withMarket((id) => withPrecision((step) => ({ type: 'view', market: id, precision: step, every })));
    }
    case 'subscribe_trades':
      return withMarket((id) => ({ type: 'trades', market: id }));
    case 'subscribe_orders':
      return withOwners((owners) => ({ type: 'orders', identities: owners }));
    case 'subscribe_balances':
      return withOwners((owners) => ({ type: 'balances', identities: owners }));
    case 'subscribe_nonce':
      return withOwners((owners) => ({ type: 'nonce', identities: owners }));
    case 'unsubscribe_depth':
      return withMarket((id) => ({ type: 'endDepth', market: id }));
    case 'unsubscribe_depth_view':
      return withMarket((id) => ({ type: 'endView', market: id }));
    case 'unsubscribe_trades':
      return withMarket((id) => ({ type: 'endTrades', market: id }));
    case 'unsubscribe_orders':
      return { type: 'endOrders' };
    case 'unsubscribe_balances':
      return withOwners((owners) => ({ type: 'endBalances', identities: owners }));
    case 'unsubscribe_nonce':
      return withOwners((owners) => ({ type: 'endNonce', identities: owners }));
    default:
      return invalid('unknown `action`');
  }
}

function ownersOf(identities: unknown): readonly Owner[] | undefined {
  if (!Array.isArray(identities)) return undefined;
  const owners: Owner[] = [];
  for (const identity of identities as readonly unknown[]) {
    if (!isRecord(identity)) return undefined;
    const [kind, id] = Object.entries(identity)[0] ?? [];
    if ((kind !== 'ContractId' && kind !== 'Address') || typeof id !== 'string') return undefined;
    owners.push(`${kind} ${idOf(id)}`);
  }
  return owners;
}
