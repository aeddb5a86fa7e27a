import { baseOf } from '../../errors/optionRules.js';
import type { BudgetLimits } from '../../network/budget.js';
import type { Rate, WireLimits } from '../../socket/plan.js';
import { assetOf } from './asset.js';

/** The order service. The market data service of `oms.X` is `mds.X`. (docs.tplus.cx; `tplus/_cli/_context.py` of tpluspy.) */
const ORDER_SERVICE = 'https://oms.tplus.cx';

/** Both services, scheme and host each. */
export interface Hosts {
  readonly order: string;
  readonly market: string;
}

/**
 * @param orderUrl The order service; whatever stands behind its host is dropped, as the venue's own client does.
 * @param marketUrl The market data service. Default: `oms.X` becomes `mds.X`, `oms-X` becomes `mds-X`, any other host
 *   serves both.
 */
export function hostsOf(orderUrl = ORDER_SERVICE, marketUrl?: string): Hosts {
  const order = originOf('orderUrl', orderUrl);
  return {
    order,
    market: marketUrl === undefined ? order.replace(/\/\/oms([.-])/, '//mds$1') : originOf('marketUrl', marketUrl),
  };
}

function originOf(field: string, url: string): string {
  const [origin = url] = /^\w+:\/\/[^/?#]*/.exec(url) ?? [];
  return baseOf(field, /^wss?:/.test(url) ? 'ws' : 'http', origin, 'no path').replace(/^ws/, 'http');
}

/** Paths of one stream. */
export interface StreamPath {
  readonly host: keyof Hosts;
  readonly path: string;
  /** Whether the upgrade carries a token. */
  readonly signedIn: boolean;
}

const market = (path: string): StreamPath => ({ host: 'market', path, signedIn: false });
const own = (path: string): StreamPath => ({ host: 'order', path, signedIn: true });

/**
 * The path of a channel's key; `undefined` for what is none. The path is the subscription. Source: `client/market_data.py`
 * and `client/orderbook.py` of tpluspy (v0.2.4 and v0.6.0), read 2026-11-20.
 */
export function streamPathOf(key: string, userId: string | undefined): StreamPath | undefined {
  const [channel = '', asset] = key.split(':');
  if (asset === undefined) {
    if (channel === 'trades') return market('/trades');
    if (channel === 'allTrades') return market('/trades/events');
    if (userId === undefined) return undefined;
    if (channel === 'orders') return own('/orders');
    if (channel === 'userTrades') return own(`/trades/user/events/${userId}`);
    return undefined;
  }
  const name = assetOf(asset);
  if (channel === 'depth') return market(`/marketdepth/diff/${name}`);
  if (channel === 'candles') return market(`/klines/diff/${name}`);
  if (channel === 'ticker') return market(`/ticker/ws/${name}`);
  return undefined;
}

/**
 * One channel a socket. The venue pings every 20 s below the frames (older server documents); where the platform hides
 * that, silence says nothing, since a quiet market sends nothing and the venue answers no question.
 */
export const wireLimits: WireLimits = {
  channels: 1,
  topicsPerRequest: 1,
  requestBytes: 65_536,
  silence: 60_000,
  blindSilence: Infinity,
  probeWithin: 10_000,
};

/** No limit is documented; so that a thousand books don't arrive in one moment. */
export const connections: Rate = { limit: 20, window: 1_000 };
export const requestRate: BudgetLimits = { limit: 20, window: 1_000, concurrent: 4 };
/** 100 requests in 1,800 s and address on the authentication endpoints (server documents); some are left to others. */
export const signInRate: BudgetLimits = { limit: 90, window: 1_800_000 };
