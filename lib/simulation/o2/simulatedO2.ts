import { asyncScheduler, type SchedulerLike } from 'rxjs';
import { SimulatedAccount } from '../accounts/simulatedAccount.js';
import { FaultSchedule } from '../faults/faultSchedule.js';
import type { OutgoingFrame } from '../faults/mangler.js';
import type { FaultPlan } from '../faults/plannedFault.js';
import { strike } from '../faults/strike.js';
import { StatsCollector } from '../statsCollector.js';
import { parseUrl } from '../parseUrl.js';
import { simulatedMarket, type SimulatedMarketConfig } from '../market/simulatedMarket.js';
import { random, seedFor } from '../random.js';
import type { SimulatedVenue } from '../simulatedVenue.js';
import { venueNetwork, type Latency } from '../venueNetwork.js';
import { AccountBroadcasts } from './accountBroadcasts.js';
import { DepthBroadcasts } from './depthBroadcasts.js';
import type { SizeMeaning } from './depth.js';
import { stamps, tradesFrame, tradeText, type O2Forms } from './frames.js';
import { o2Limits, type O2Limits } from './limits.js';
import { rest } from './rest.js';
import { Session, type SessionHost } from './session.js';
import { hexId, venueMarket, type VenueAsset, type VenueMarket } from './venueMarket.js';

export interface SimulatedO2Config extends Pick<
  SimulatedMarketConfig,
  'instruments' | 'stepEvery' | 'activity' | 'depth' | 'history'
> {
  /** Decides the market, the accounts, the faults' details and the latencies. Default: 1. */
  readonly seed?: number;
  /** All time comes from here. Default: `asyncScheduler`. */
  readonly scheduler?: SchedulerLike;
  /** What goes wrong when, in ms since this call. Default: nothing. */
  readonly faults?: FaultPlan;
  /** One way through the network in the process, in ms. Default: 5 to 30. */
  readonly latency?: number | Latency;
  /** Default: {@link o2Limits}. */
  readonly limits?: Partial<O2Limits>;
  /** What the sizes of depth updates are. Default: `signed-change`. */
  readonly sizes?: SizeMeaning;
  /** How it writes what its sources disagree on. */
  readonly forms?: Partial<O2Forms>;
  /** How many trading accounts there are. Default: 2. */
  readonly accounts?: number;
  /** How often an account acts in a step, in [0, 1]. Default: 0.2. */
  readonly accountActivity?: number;
}

/** A simulated O2, and what it knows better than its clients. */
export interface SimulatedO2 extends SimulatedVenue {
  readonly markets: readonly VenueMarket[];
  readonly assets: readonly VenueAsset[];
  /** The trading accounts by their contract ids. */
  readonly accounts: ReadonlyMap<string, SimulatedAccount>;
}

/** The contract id of the simulated venue's account number `number`, from 1. */
export const simulatedAccountId = (number: number): string => hexId(`account ${number}`);

/**
 * An O2 that exists only here: one socket for everything, snapshots in the stream, no numbers and no acknowledgements.
 * It runs while a client is connected. Everything is decided by the seed and the scheduler's clock.
 */
export function simulatedO2(config: SimulatedO2Config = {}): SimulatedO2 {
  const { seed = 1, scheduler = asyncScheduler, faults: plan = [], sizes = 'signed-change', latency } = config;
  const { stepEvery = 100, accounts: count = 2, accountActivity, instruments, activity, depth, history } = config;
  const limits: O2Limits = { ...o2Limits, ...config.limits };
  const forms: O2Forms = { containers: 'types', errors: 'code', orders: 'sparse', ...config.forms };
  const source = simulatedMarket({
    seed,
    scheduler,
    stepEvery,
    ...(instruments === undefined ? {} : { instruments }),
    ...(activity === undefined ? {} : { activity }),
    ...(depth === undefined ? {} : { depth }),
    ...(history === undefined ? {} : { history }),
  });
  const now = (): number => source.now();
  const markets = source.symbols.flatMap((symbol) => {
    const instrument = source.instrument(symbol);
    return instrument === undefined ? [] : [venueMarket(instrument)];
  });
  const byId = new Map(markets.map((market) => [market.id, market]));
  const assets = [...new Map(markets.flatMap(bothAssets).map((asset) => [asset.id, asset])).values()];
  const accounts = new Map(
    Array.from({ length: count }, (_, index) => {
      const draw = random(seedFor(seed, `account ${index}`));
      const spec = accountActivity === undefined ? {} : { activity: accountActivity };
      return [simulatedAccountId(index + 1), new SimulatedAccount({ random: draw, instruments: markets, ...spec })];
    }),
  );
  const faults = new FaultSchedule(plan, now);
  const draw = random(seedFor(seed, 'frames'));
  const depths = new DepthBroadcasts({ faults, forms, sizes, stamped: () => stamps(now(), draw) });
  const accountNews = new AccountBroadcasts({ accounts, markets, assets, forms, draw, faults, now });
  const sessions = new Set<Session>();
  const ledger = new StatsCollector();
  let lastTrades = new Map(markets.map(({ id, instrument }) => [id, instrument.tape.lastTrade]));
  let isClosed = false;
  let isBursting = false;
  let release: (() => void) | undefined;

  const violated = (limit: keyof O2Limits, connection?: number): void => {
    ledger.violated(limit, now(), connection);
  };
  const host: SessionHost = {
    limits,
    faults,
    forms,
    now,
    violated,
    knows: (id) => byId.has(id),
    isDenied: (id) => faults.take('unknownSymbol', byId.get(id)?.pair ?? id) !== undefined,
    opening: (id, precision, isView) => depths.opening(marketBy(id), precision, isView),
    gone: (session) => {
      sessions.delete(session);
      ledger.left(session.stats);
      if (sessions.size > 0) return;
      release?.();
      release = undefined;
    },
  };
  const marketBy = (id: string): VenueMarket => {
    const market = byId.get(id);
    if (market === undefined) throw new RangeError(`no market ${id}`);
    return market;
  };

  const tellTrades = (): void => {
    const last = lastTrades;
    lastTrades = new Map(markets.map(({ id, instrument }) => [id, instrument.tape.lastTrade]));
    for (const market of markets) {
      const listeners = [...sessions].filter(({ trades }) => trades.has(market.id));
      const trades = market.instrument.tape.tradesAfter(last.get(market.id) ?? 0);
      if (listeners.length === 0 || trades.length === 0) continue;
      const stream = `trades ${market.pair}`;
      const texts = trades.map((trade) => tradeText(market, trade));
      if (faults.take('missingSide', stream) !== undefined) texts[0] = (texts[0] ?? '').replace(/"side":"\w+",/, '');
      const frame: OutgoingFrame = { stream, diff: false, text: tradesFrame(market, texts, stamps(now(), draw)) };
      for (const session of listeners) session.tell(frame);
    }
  };
  const burst = (steps: number): void => {
    isBursting = true;
    for (let left = steps; left > 0 && sessions.size > 0; left -= 1) source.step();
    isBursting = false;
  };
  source.onStep(() => {
    if (!isBursting && !faults.idle) strike(faults, sessions, burst);
    depths.pulse(markets, sessions, now());
    tellTrades();
    accountNews.pulse(sessions);
    if (isBursting) return;
    for (const session of [...sessions]) session.pulse(now());
  });

  const venue: Omit<SimulatedVenue, 'network'> = {
    name: 'o2',
    market: source,
    faults,
    http: rest({
      markets,
      assets,
      accounts,
      limits,
      faults,
      scheduler,
      now,
      violated,
      requested: (path) => {
        ledger.requested(path);
      },
    }),
    accept: ({ url }, connection) => {
      const refuse = (status: number): { readonly refuse: number } => {
        ledger.refused += 1;
        return { refuse: status };
      };
      if (isClosed) return refuse(503);
      const location = parseUrl(url);
      const path = location === undefined ? '' : location.pathname + location.search;
      if (location?.pathname !== '/v1/ws' && location?.pathname !== '/ws') return refuse(404);
      const refusal = faults.take('refuseConnections', path);
      if (refusal !== undefined) return refuse(refusal.status ?? 503);

      ledger.accepted += 1;
      const id = ledger.accepted;
      const session = new Session(id, path, random(seedFor(seed, `session ${id}`)), host, connection);
      sessions.add(session);
      release ??= source.run();
      const ending = faults.take('acceptAndClose', path);
      if (ending !== undefined) session.close(ending.code ?? 1000, '');
      const silentUntil = faults.lasting('silent', path);
      if (silentUntil !== undefined) session.silence(silentUntil);
      if (faults.lasting('halfOpen', path) !== undefined) session.freeze();
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
  return { ...venue, network, markets, assets, accounts };
}

const bothAssets = ({ baseAsset, quoteAsset }: VenueMarket): readonly VenueAsset[] => [baseAsset, quoteAsset];
