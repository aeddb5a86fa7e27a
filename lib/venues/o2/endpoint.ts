import { refusalsWith } from '../../feed/refusals.js';
import { InvalidArgumentError } from '../../errors/invalidArgumentError.js';
import type { BudgetLimits } from '../../network/budget.js';
import type { WireLimits } from '../../socket/plan.js';

/** Which of the venue's chains: the one with real money, or one for trying things out. */
export type O2Chain = 'mainnet' | 'testnet' | 'devnet';

/** Source: `config.ts` of o2-exchange/sdks 0.2.0, read 2026-11-20. */
export const chains: Readonly<Record<O2Chain, { readonly socket: string; readonly rest: string }>> = {
  mainnet: { socket: 'wss://api.o2.app/v1/ws', rest: 'https://api.o2.app' },
  testnet: { socket: 'wss://api.testnet.o2.app/v1/ws', rest: 'https://api.testnet.o2.app' },
  devnet: { socket: 'wss://api.devnet.o2.app/v1/ws', rest: 'https://api.devnet.o2.app' },
};

/** The path of the socket where only a host is given. Older servers have `/ws` (hummingbot connector). */
const PATH = '/v1/ws';

/** A socket address of the caller's own: as it is if it has a path. */
export function socketOf(url: string): string {
  const { scheme, host, path } = partsOf(url);
  return path === '' ? `${scheme}://${host}${PATH}` : url;
}

/** The REST base that belongs to a socket address of the caller's own: the same host. */
export function restOf(url: string): string {
  const { scheme, host } = partsOf(url);
  return `${scheme === 'ws' ? 'http' : 'https'}://${host}`;
}

function partsOf(url: string): { readonly scheme: string; readonly host: string; readonly path: string } {
  const [, scheme, host, path = ''] = /^(wss?):\/\/([^/?#]+)(.*)$/.exec(url) ?? [];
  if (scheme !== undefined && host !== undefined) return { scheme, host, path: path === '/' ? '' : path };
  throw new InvalidArgumentError('url', 'a ws:// or wss:// address', url);
}

/** Advised by the venue; it closes after 60 s without a message of ours ("WebSocket" of docs.o2.app, server types). */
export const PING_EVERY = 30_000;

/**
 * Neither a rate of messages nor a bound on subscriptions is documented: 20 a second and 100 channels are ours. A server
 * that is there answers the ping of every 30 s, so 45 s without anything are met with a ping that must be answered.
 */
export const wireLimits = (channels: number): WireLimits => ({
  channels,
  messages: { limit: 20, window: 1_000 },
  topicsPerRequest: 1,
  requestBytes: 4_096,
  silence: 45_000,
  probeWithin: 10_000,
});

/** No rate of requests is documented (error 1003 says that there is one): 10 a second, 4 at once, are ours. */
export const requestRate: BudgetLimits = { limit: 10, window: 1_000, concurrent: 4 };

/** `{"code":1003,…}`, `RateLimitExceeded` ("Errors"); how long it takes is not said. */
export const refusalIn = refusalsWith(
  ({ code, message }) => code !== undefined && message !== undefined,
  /"code"\s*:\s*1003\b/,
);
