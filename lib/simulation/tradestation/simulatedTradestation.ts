import type { AccountOrder } from '../accounts/simulatedAccount.js';
import { asyncScheduler } from 'rxjs';
import type { InstrumentSpec } from '../market/instrumentSpec.js';
import { type SimulatedMarket, simulatedMarket } from '../market/simulatedMarket.js';
import { parseUrl, pathAndQuery } from '../parseUrl.js';
import { random, seedFor } from '../random.js';
import type { Refusal, SimulatedVenue } from '../simulatedVenue.js';
import { checkSimulatedTradestationConfig, type SimulatedTradestationConfig } from './config.js';
import { ownFaultNames } from '../faults/faultNames.js';
import { VenueServer } from '../venueServer.js';
import { Desk } from './desk.js';
import { tradestationLimits, type TradestationLimits } from './limits.js';
import { streamOf } from './paths.js';
import { errorAnswer, refusedAnswer } from './answers.js';
import { type Refused, isRefused, notFound } from './refused.js';
import { rest } from './rest.js';
import { Session, type Heard, type TradestationHost } from './session.js';
import { StreamQuota } from './streamQuota.js';
import { StreamSources } from './streamSources.js';
import { Tokens } from './tokens.js';

/** Two stocks, a fund, and a future. */
export const tradestationInstruments: readonly InstrumentSpec[] = [
  { symbol: 'MSFT', base: 'MSFT', quote: 'USD', price: '411.05', size: '300' },
  { symbol: 'AAPL', base: 'AAPL', quote: 'USD', price: '227.40', size: '200' },
  { symbol: 'SPY', base: 'SPY', quote: 'USD', price: '580.10', size: '500' },
  { symbol: 'ESM26', base: 'ESM26', quote: 'USD', price: '5312.25', size: '3', activity: 0.5 },
];

/** What an account of a simulated TradeStation truly is. */
export interface TrueTradestationAccount {
  /** Every order of the day as it stands, by its id, oldest first. */
  readonly orders: ReadonlyMap<string, AccountOrder>;
  /** How much is held of each symbol, in lots; only what is not 0. */
  readonly held: ReadonlyMap<string, number>;
  /** Each state of each order, in order, since the beginning. */
  readonly log: readonly AccountOrder[];
}

/** A TradeStation that exists only here. */
export interface SimulatedTradestation extends SimulatedVenue {
  readonly accounts: ReadonlyMap<string, TrueTradestationAccount>;
  /** Every token that was told so far, and the first refresh token. */
  secrets(): readonly string[];
}

/**
 * A TradeStation that exists only here: streams of lines over HTTP, one request each, and a WebSocket (`/stream`) on which
 * one stream can be asked for by name; tokens by a refresh token; accounts that trade by themselves. Lines are cut into
 * chunks anywhere.
 *
 * @throws InvalidArgumentError at once for a config that can't be meant, a fault that the venue does not have among it.
 */
export function simulatedTradestation(config: SimulatedTradestationConfig = {}): SimulatedTradestation {
  checkSimulatedTradestationConfig(config);
  const { seed = 1, scheduler = asyncScheduler, faults: plan = [], latency } = config;
  const limits: TradestationLimits = { ...tradestationLimits, ...config.limits };
  const market = marketOf(config);
  const own = { ownFaults: ownFaultNames.tradestation, refusal };
  const server = new VenueServer<Session>({ market, seed, scheduler, faults: plan, latency, ...own });
  const { faults, sessions, now, violated, requested } = server;
  const tokens = tokensOf(config, limits, now);
  const accounts = accountsOf(config, market);
  const sources = new StreamSources({ market, faults, accounts });
  const quota = new StreamQuota(limits, now, violated);

  const found = (path: string): Heard | Refused => {
    const location = parseUrl(path);
    const stream = location === undefined ? notFound : streamOf(location);
    if (isRefused(stream)) return stream;
    const source = sources.sourceOf(stream);
    return isRefused(source) ? source : { stream, source };
  };
  const host: TradestationHost = {
    ...server.host,
    heartbeatEvery: limits.heartbeatEvery,
    heard: (path) => {
      const answer = found(path);
      return isRefused(answer) ? refusedAnswer(answer).body : answer;
    },
  };
  server.onStep((at, isHurried) => {
    for (const desk of accounts.values()) desk.step(at);
    sources.step(at);
    server.pulse(at, isHurried);
  });

  const venue = server.venue({
    name: 'tradestation',
    streams: (url) => /^\/v[23]\/.*stream\//.test(parseUrl(url)?.pathname ?? ''),
    http: rest({ tokens, faults, scheduler, requested, accounts, sources }),
    door: (location, { headers }, connection) => {
      const url = pathAndQuery(location);
      const refused = server.refusedByPlan(url);
      if (refused !== undefined) return refused;
      if (!tokens.admits(headers) || faults.take('unauthorized', url) !== undefined) return 401;
      if (faults.take('tooMany', url) !== undefined) return refusal(429, { 'x-ratelimit-reset': '7' });
      const heard = location.pathname === '/stream' ? undefined : found(url);
      if (heard !== undefined && isRefused(heard)) return refusal(heard.status, {}, heard.message);
      if (heard !== undefined) quota.use(heard.stream.kind, [...sessions]);
      return (seat) => new Session({ ...seat, url, heard }, host, connection);
    },
  });
  return { ...venue, accounts, secrets: () => [...tokens.secrets] };
}

const marketOf = (config: SimulatedTradestationConfig): SimulatedMarket =>
  simulatedMarket({
    ...config,
    instruments: (config.instruments ?? tradestationInstruments).map(
      (one) => tradestationInstruments.find(({ symbol }) => symbol === one) ?? one,
    ),
  });

function tokensOf(config: SimulatedTradestationConfig, limits: TradestationLimits, now: () => number): Tokens {
  const { seed = 1, rotates = false, refreshToken = 'simulated-refresh-token' } = config;
  return new Tokens({ refreshToken, rotates, now, life: limits.tokenLife, random: random(seedFor(seed, 'tokens')) });
}

function accountsOf(config: SimulatedTradestationConfig, market: SimulatedMarket): ReadonlyMap<string, Desk> {
  const { seed = 1, accountActivity: activity = 0.2, accounts: names = ['SIM0000001M'] } = config;
  const instruments = market.symbols.flatMap((symbol) => market.instrument(symbol) ?? []);
  return new Map(
    names.map((account, i) => [account, new Desk({ account, number: i + 1, seed, activity, instruments })]),
  );
}

function refusal(status: number, answer: Readonly<Record<string, string>> = {}, message?: string): Refusal {
  const { body, headers } = errorAnswer(status, answer, message);
  return { refuse: status, headers, body };
}
