import { refusalsWith } from '../../feed/refusals.js';
import type { RefusalIn } from '../../feed/requests.js';
import { JITTER } from '../../network/allowance.js';
import type { BudgetLimits } from '../../network/budget.js';
import type { Rate, WireLimits } from '../../socket/plan.js';

/** Where requests go: the spot market of the classic API (docs of the classic API, read 2026-11-29). */
export const REST = 'https://api.kucoin.com';

/** Asked by POST, without a login, for the token and address of each connection. */
export const BULLET = '/api/v1/bullet-public';
/** The best 100 levels a side, for anybody; the whole book for whoever signs the request with an API key. */
export const PARTIAL_BOOK = '/api/v1/market/orderbook/level2_100';
export const WHOLE_BOOK = '/api/v3/market/orderbook/level2';
/** So many levels a side the partial one has at most. */
export const PARTIAL = 100;

/** Topics on one connection ("exceed max session subscription": 100 at first, 300 since; 400 is told, too). */
export const TOPICS_PER_WIRE = 300;
/** How often a ping is due where the venue does not say, and how long its answer may take, in ms. */
export const PING_EVERY = 18_000;
export const PING_TIMEOUT = 10_000;
/** What else the venue says is no interval: pings would storm, or a wire that is mute would be found out after hours. */
export const LEAST_PING = 1_000;
export const MOST_PING = 60_000;

/** New connections, by address. Pages differ; this is the least that is told. */
export const connections: Rate = { limit: 30, window: 60_000, margin: JITTER };
/** So that many books that start or mend together don't hammer the REST side: what it takes is told by level of account. */
export const snapshotRate: BudgetLimits = { limit: 10, window: 1_000, concurrent: 4 };

/** 100 messages in 10 s, and 100 topics in each that subscribes ("exceed max subscription count limitation of 100 per time"). */
export const wireLimits: Omit<WireLimits, 'channels'> = {
  messages: { limit: 100, window: 10_000, margin: JITTER },
  topicsPerRequest: 100,
  requestBytes: 8_192,
  silence: PING_EVERY + PING_TIMEOUT,
  probeWithin: PING_TIMEOUT,
};

/** Quotas are whole again after 30 s ("Rate limit"), in ms. */
const RENEWED = 30_000;

/** 429000 says that a quota is used up; how long until it is whole again stands in a header, in ms (ibid.), and no longer. */
export const refusalIn: RefusalIn = (answer, now) => {
  const wait = isRefused(answer, now);
  if (wait !== RENEWED) return wait;
  const reset = Number(answer.headers['gw-ratelimit-reset']);
  return reset > 0 && reset <= RENEWED ? reset : RENEWED;
};
const isRefused = refusalsWith(
  ({ code }) => code !== undefined && code !== '200000',
  /"code"\s*:\s*"?429000\b/,
  RENEWED,
);
