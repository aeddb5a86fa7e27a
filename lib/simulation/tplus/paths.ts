/** What the path of a socket subscribes. */
export type TplusStream =
  | { readonly kind: 'depth' | 'klines' | 'ticker'; readonly asset: string }
  | { readonly kind: 'trades' | 'allTrades' | 'orders' }
  | { readonly kind: 'userTrades' | 'userFinalizedTrades' | 'accountEvents'; readonly user: string };

/** Names of the acknowledgement, by kind. */
export const channelNames: Readonly<Record<TplusStream['kind'], string>> = {
  depth: 'marketdepth',
  klines: 'klines',
  ticker: 'ticker',
  trades: 'finalized-trades',
  allTrades: 'trades',
  orders: 'orders',
  userTrades: 'user-trades',
  userFinalizedTrades: 'user-finalized-trades',
  accountEvents: 'account-stats',
};

/** Reads the path of a socket; `undefined` for one that the venue does not have. */
export function streamOf(path: string): TplusStream | undefined {
  switch (path) {
    case '/trades':
      return { kind: 'trades' };
    case '/trades/events':
      return { kind: 'allTrades' };
    case '/orders':
      return { kind: 'orders' };
  }
  const [, place = '', rest = ''] =
    /^\/(marketdepth\/diff|klines\/diff|ticker\/ws|trades\/user\/events|trades\/user|account\/events)\/([^/]+)$/.exec(
      path,
    ) ?? [];
  switch (place) {
    case 'marketdepth/diff':
      return { kind: 'depth', asset: rest };
    case 'klines/diff':
      return { kind: 'klines', asset: rest };
    case 'ticker/ws':
      return { kind: 'ticker', asset: rest };
    case 'trades/user/events':
      return { kind: 'userTrades', user: rest };
    case 'trades/user':
      return { kind: 'userFinalizedTrades', user: rest };
    case 'account/events':
      return { kind: 'accountEvents', user: rest };
    default:
      return undefined;
  }
}
