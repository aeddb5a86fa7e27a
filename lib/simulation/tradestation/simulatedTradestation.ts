import { asyncScheduler, type SchedulerLike } from 'rxjs';
import { FaultSchedule } from '../faults/faultSchedule.js';
import type { FaultPlan } from '../faults/plannedFault.js';
import { strike } from '../faults/strike.js';
import { StatsCollector } from '../statsCollector.js';
import { parseUrl } from '../parseUrl.js';
import type { InstrumentSpec } from '../market/instrumentSpec.js';
import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import { simulatedMarket, type SimulatedMarketConfig } from '../market/simulatedMarket.js';
import { random, seedFor } from '../random.js';
import type { Refusal, SimulatedVenue } from '../simulatedVenue.js';
import { SlidingWindow } from '../slidingWindow.js';
import { venueNetwork, type Latency } from '../venueNetwork.js';
import { Desk } from './desk.js';
import { tradestationLimits, type TradestationLimits } from './limits.js';
import { BarHistory, barSource, depthSource, optionSource, quoteSource, tickSource } from './marketData.js';
import { streamOf, type TradestationStream } from './paths.js';
import { errorAnswer, rest } from './rest.js';
import { Session, type Heard, type SessionHost } from './session.js';
import type { StreamSource } from './streamSource.js';
import { Tokens } from './tokens.js';

/** Two stocks, a fund, and a future. */
export const tradestationInstruments: readonly InstrumentSpec[] = [
  { symbol: 'MSFT', base: 'MSFT', quote: 'USD', price: '411.05', size: '300' },
  { symbol: 'AAPL', base: 'AAPL', quote: 'USD', price: '227.40', size: '200' },
  { symbol: 'SPY', base: 'SPY', quote: 'USD', price: '580.10', size: '500' },
  { symbol: 'ESM26', base: 'ESM26', quote: 'USD', price: '5312.25', size: '3', activity: 0.5 },
];

export interface SimulatedTradestationConfig extends Pick<
  SimulatedMarketConfig,
  'instruments' | 'stepEvery' | 'activity' | 'depth' | 'history'
> {
  /** Decides the market, the accounts, the faults' details, chunks and latencies. Default: 1. */
  readonly seed?: number;
  /** All time comes from here. Default: `asyncScheduler`. */
  readonly scheduler?: SchedulerLike;
  /** What goes wrong when, in ms since this call. Default: nothing. */
  readonly faults?: FaultPlan;
  /** One way through the network in the process, in ms. Default: 5 to 30. */
  readonly latency?: number | Latency;
  /** Default: {@link tradestationLimits}. */
  readonly limits?: Partial<TradestationLimits>;
  /** Default: `simulated-refresh-token`. */
  readonly refreshToken?: string;
  /** Whether each access token brings a new refresh token. Default: false. */
  readonly rotates?: boolean;
  /** Default: `SIM0000001M`. */
  readonly accounts?: readonly string[];
  /** How often an account acts in a step of the market, in [0, 1]. Default: 0.2. */
  readonly accountActivity?: number;
}

/** A TradeStation that exists only here. */
export interface SimulatedTradestation extends SimulatedVenue {
  readonly accounts: ReadonlyMap<string, Desk>;
  /** Every token that was told so far, and the first refresh token. */
  secrets(): readonly string[];
}

/**
 * A TradeStation that exists only here: streams of lines over HTTP, one request each, and a WebSocket (`/stream`) on which
 * one stream can be asked for by name; tokens by a refresh token; accounts that trade by themselves. Lines are cut into
 * chunks anywhere.
 */
export function simulatedTradestation(config: SimulatedTradestationConfig = {}): SimulatedTradestation {
  const { seed = 1, scheduler = asyncScheduler, faults: plan = [], stepEvery = 100, accountActivity = 0.2 } = config;
  const { instruments = tradestationInstruments, activity, depth, history, latency, rotates = false } = config;
  const { refreshToken = 'simulated-refresh-token', accounts: names = ['SIM0000001M'] } = config;
  const limits: TradestationLimits = { ...tradestationLimits, ...config.limits };
  const source = simulatedMarket({
    ...{ seed, scheduler, stepEvery },
    instruments: instruments.map((one) => tradestationInstruments.find(({ symbol }) => symbol === one) ?? one),
    ...(activity === undefined ? {} : { activity }),
    ...(depth === undefined ? {} : { depth }),
    ...(history === undefined ? {} : { history }),
  });
  const now = (): number => source.now();
  const faults = new FaultSchedule(plan, now);
  const ledger = new StatsCollector();
  const sessions = new Set<Session>();
  const tokens = new Tokens({
    refreshToken,
    rotates,
    now,
    life: limits.tokenLife,
    random: random(seedFor(seed, 'tokens')),
  });
  const all = source.symbols.flatMap((symbol) => source.instrument(symbol) ?? []);
  const accounts = new Map(
    names.map((account) => [account, new Desk({ account, seed, activity: accountActivity, instruments: all })]),
  );
  const histories = new Map<string, BarHistory>();
  const paces = {
    quotes: new SlidingWindow(limits.opens, 300_000),
    bars: new SlidingWindow(limits.opens, 300_000),
    depth: new SlidingWindow(limits.depthOpens, 60_000),
  };
  let isClosed = false;
  let isBursting = false;
  let release: (() => void) | undefined;

  const instrumentOf = (symbol: string): SimulatedInstrument | undefined =>
    faults.take('unknownSymbol', symbol) === undefined ? source.instrument(symbol) : undefined;

  const historyOf = (
    instrument: SimulatedInstrument,
    stream: Extract<TradestationStream, { kind: 'bars' }>,
  ): BarHistory => {
    const key = `${stream.symbol} ${stream.interval}`;
    const known = histories.get(key) ?? new BarHistory(instrument, stream.interval, now());
    histories.set(key, known);
    return known;
  };
  /** Where there is no such thing, the status that says so. */
  const sourceFor = (stream: TradestationStream): StreamSource | number => {
    if (stream.kind === 'quotes') return quoteSource(stream.symbols, instrumentOf);
    if ('accounts' in stream) {
      const [account = ''] = stream.accounts;
      const desk = accounts.get(account);
      if (desk === undefined) return 403;
      return stream.kind === 'orders' ? desk.orderSource() : desk.positionSource();
    }
    if (stream.kind === 'options') {
      const [leg] = stream.legs;
      const underlying = all.find(({ spec }) => leg?.symbol.startsWith(`${spec.symbol} `) === true);
      if (underlying === undefined) return 404;
      const legs = stream.legs.map((one) => ({ ...one, strike: Number(/[CP]([\d.]+)$/.exec(one.symbol)?.[1] ?? 0) }));
      return optionSource(underlying, [legs], true);
    }
    const instrument = instrumentOf(stream.symbol);
    if (instrument === undefined) return 404;
    switch (stream.kind) {
      case 'bars':
        return barSource(historyOf(instrument, stream), stream.barsBack);
      case 'depth':
        return depthSource(instrument, stream.form, stream.levels);
      case 'ticks':
        return tickSource(instrument);
      case 'chain': {
        const spot = Math.round(Number(instrument.units.priceText(0)));
        const strikes = Array.from({ length: 2 * stream.strikes }, (_, i) => spot - stream.strikes + i);
        const legs = strikes.map((strike) => [{ symbol: `${stream.symbol} 261218C${strike}`, ratio: 1, strike }]);
        return optionSource(instrument, legs, stream.greeks);
      }
    }
  };
  const found = (path: string): Heard | number => {
    const location = parseUrl(path);
    const stream = location === undefined ? 404 : streamOf(location);
    if (typeof stream === 'number') return stream;
    const made = sourceFor(stream);
    return typeof made === 'number' ? made : { stream, source: made };
  };
  const host: SessionHost = {
    ...{ faults, now, heartbeatEvery: limits.heartbeatEvery },
    heard: (path) => {
      const told = found(path);
      return typeof told === 'number' ? errorAnswer(told).body : told;
    },
    gone: (session) => {
      sessions.delete(session);
      ledger.left(session.stats);
      if (sessions.size > 0) return;
      release?.();
      release = undefined;
    },
  };

  const burst = (steps: number): void => {
    isBursting = true;
    for (let left = steps; left > 0 && sessions.size > 0; left -= 1) source.step();
    isBursting = false;
  };
  source.onStep(() => {
    if (!isBursting && !faults.idle) strike(faults, sessions, burst);
    for (const desk of accounts.values()) desk.step(now());
    for (const one of histories.values()) one.step(now());
    for (const session of [...sessions]) session.pulse(now(), isBursting);
  });

  const check = ({ kind }: TradestationStream): void => {
    const used = (...kinds: readonly TradestationStream['kind'][]): number =>
      [...sessions].filter(({ stream }) => stream !== undefined && kinds.includes(stream.kind)).length;
    const most = {
      ...{ quotes: Infinity, bars: Infinity, ticks: Infinity, depth: limits.depth, chain: limits.options },
      ...{ options: limits.options, orders: limits.accounts, positions: limits.accounts },
    };
    if (used(kind) >= most[kind]) ledger.violated(kind === 'depth' ? 'depth' : 'streams', now());
    if (kind !== 'quotes' && kind !== 'bars' && kind !== 'depth') return;
    if (!paces[kind].admits(now())) ledger.violated('opens', now());
  };

  const venue: Omit<SimulatedTradestation, 'network'> = {
    name: 'tradestation',
    market: source,
    accounts,
    faults,
    secrets: () => [...tokens.secrets],
    streams: (url) => /^\/v[23]\/.*stream\//.test(parseUrl(url)?.pathname ?? ''),
    http: rest({
      ...{ tokens, faults, scheduler, deskOf: (account) => accounts.get(account) },
      requested: (path) => {
        ledger.requested(path);
      },
    }),
    accept: ({ url, headers }, connection) => {
      const refuse = (status: number, told: Readonly<Record<string, string>> = {}): Refusal => {
        ledger.refused += 1;
        const { body, headers: answered } = errorAnswer(status, told);
        return { refuse: status, headers: answered, body };
      };
      if (isClosed) return refuse(503);
      const location = parseUrl(url);
      const path = `${location?.pathname ?? ''}${location?.search ?? ''}`;
      const isSocket = location?.pathname === '/stream';
      const refusal = faults.take('refuseConnections', path);
      if (refusal !== undefined) return refuse(refusal.status ?? 503);
      if (!tokens.admits(headers) || faults.take('unauthorized', path) !== undefined) return refuse(401);
      if (faults.take('tooMany', path) !== undefined) return refuse(429, { 'x-ratelimit-reset': '7' });
      const heard = isSocket ? undefined : found(path);
      if (typeof heard === 'number') return refuse(heard);
      if (heard !== undefined) check(heard.stream);

      ledger.accepted += 1;
      const id = ledger.accepted;
      const draw = random(seedFor(seed, `session ${id}`));
      const session = new Session({ id, url: path, isSocket, random: draw }, host, connection);
      sessions.add(session);
      release ??= source.run();
      const ending = faults.take('acceptAndClose', path);
      if (ending !== undefined) session.close(ending.code ?? 1000, '');
      const silentUntil = faults.lasting('silent', path);
      if (silentUntil !== undefined) session.silence(silentUntil);
      if (faults.lasting('halfOpen', path) !== undefined) session.freeze();
      if (heard !== undefined) session.begin(path, heard);
      return session;
    },
    stats: () => ledger.stats([...sessions].map((session) => session.stats)),
    close: () => {
      isClosed = true;
      for (const session of [...sessions]) session.close(1001, 'The venue closes');
      source.stop();
    },
  };
  const network = venueNetwork(venue, { seed, scheduler, ...(latency === undefined ? {} : { latency }) });
  return { ...venue, network };
}
