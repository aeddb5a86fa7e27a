import { asyncScheduler } from 'rxjs';
import { type AccountOrder, SimulatedAccount } from '../accounts/simulatedAccount.js';
import { pathAndQuery } from '../parseUrl.js';
import { type SimulatedMarket, simulatedMarket } from '../market/simulatedMarket.js';
import type { TrueInstrument } from '../market/trueMarket.js';
import { random, seedFor } from '../random.js';
import type { SimulatedVenue } from '../simulatedVenue.js';
import { checkSimulatedO2Config, type SimulatedO2Config } from './config.js';
import { ownFaultNames } from '../faults/faultNames.js';
import { VenueServer } from '../venueServer.js';
import { AccountBroadcasts } from './accountBroadcasts.js';
import { DepthBroadcasts } from './depthBroadcasts.js';
import { stamper, type O2Forms } from './frames.js';
import { o2Limits, type O2Limits } from './limits.js';
import { rest } from './rest.js';
import { Session, type O2Host } from './session.js';
import { TradeNews } from './tradeNews.js';
import { hexId, venueMarket, type VenueAsset, type VenueMarket } from './venueMarket.js';

/** A token of a simulated O2. */
interface TrueAsset {
  readonly id: string;
  readonly symbol: string;
  readonly decimals: number;
}

/** One market of a simulated O2: an instrument in the venue's ids and smallest units. */
export interface TrueO2Market {
  readonly id: string;
  readonly contractId: string;
  readonly pair: string;
  readonly instrument: TrueInstrument;
  readonly baseAsset: TrueAsset;
  readonly quoteAsset: TrueAsset;
  /** A decimal text of the market as a whole number of smallest units. */
  priceUnits(text: string): bigint;
  /** The same of a size. */
  sizeUnits(text: string): bigint;
  /** So many lots, likewise. */
  baseUnits(lots: number): bigint;
}

/** A trading account of a simulated O2 as it truly stands. */
export interface TrueO2Account {
  readonly openOrders: readonly AccountOrder[];
  /** Those that are over, as far as they are remembered. */
  readonly closedOrders: readonly AccountOrder[];
  /** By the ids of assets, in smallest units. */
  readonly balances: ReadonlyMap<string, { readonly free: bigint; readonly locked: bigint }>;
  readonly nonce: number;
}

/** A simulated O2, and what it knows better than its clients. */
export interface SimulatedO2 extends SimulatedVenue {
  readonly markets: readonly TrueO2Market[];
  readonly assets: readonly TrueAsset[];
  /** The trading accounts by their contract ids. */
  readonly accounts: ReadonlyMap<string, TrueO2Account>;
}

/** The contract id of the simulated venue's account number `number`, from 1. */
export const simulatedAccountId = (number: number): string => hexId(`account ${number}`);

/**
 * An O2 that exists only here: one socket for everything, snapshots in the stream, no numbers and no acknowledgements.
 * It runs while a client is connected. Everything is decided by the seed and the scheduler's clock.
 *
 * @throws InvalidArgumentError at once for a config that can't be meant, a fault that the venue does not have among it.
 */
export function simulatedO2(config: SimulatedO2Config = {}): SimulatedO2 {
  checkSimulatedO2Config(config);
  const { seed = 1, scheduler = asyncScheduler, faults: plan = [], sizes = 'signed-change', latency } = config;
  const limits: O2Limits = { ...o2Limits, ...config.limits };
  const forms: O2Forms = { containers: 'types', errors: 'code', orders: 'sparse', ...config.forms };
  const source = simulatedMarket(config);
  const server = new VenueServer<Session>({
    market: source,
    seed,
    scheduler,
    faults: plan,
    ownFaults: ownFaultNames.o2,
    latency,
  });
  const { faults, sessions, now, violated, requested } = server;
  const markets = marketsOf(source);
  const byId = new Map(markets.map((market) => [market.id, market]));
  const assets = [...new Map(markets.flatMap(bothAssets).map((asset) => [asset.id, asset])).values()];
  const accounts = accountsOf(config, markets);
  const draw = random(seedFor(seed, 'frames'));
  const stamped = stamper(now, draw);
  const depths = new DepthBroadcasts({ faults, forms, sizes, stamped });
  const accountNews = new AccountBroadcasts({ accounts, markets, assets, forms, draw, faults, now, stamped });
  const tradeNews = new TradeNews({ markets, faults, stamped });
  const host: O2Host = {
    ...server.host,
    limits,
    forms,
    pingsCount: config.pingsCount ?? true,
    knows: (id) => byId.has(id),
    isDenied: (id) => faults.take('unknownSymbol', byId.get(id)?.pair ?? id) !== undefined,
    opening: (id, precision, isView) => depths.opening(marketBy(id), precision, isView),
  };
  const marketBy = (id: string): VenueMarket => {
    const market = byId.get(id);
    if (market === undefined) throw new RangeError(`no market ${id}`);
    return market;
  };

  server.onStep((at, isHurried) => {
    depths.pulse(markets, sessions, at);
    tradeNews.pulse(sessions);
    accountNews.pulse(sessions);
    if (!isHurried) server.pulse(at);
  });

  const venue = server.venue({
    name: 'o2',
    http: rest({ markets, assets, accounts, limits, faults, scheduler, now, violated, requested }),
    door: (location, _, connection) => {
      const url = pathAndQuery(location);
      if (location.pathname !== '/v1/ws' && location.pathname !== '/ws') return 404;
      return server.refusedByPlan(url) ?? ((seat) => new Session({ ...seat, url }, host, connection));
    },
  });
  return { ...venue, markets, assets, accounts };
}

const bothAssets = ({ baseAsset, quoteAsset }: VenueMarket): readonly VenueAsset[] => [baseAsset, quoteAsset];

function marketsOf(source: SimulatedMarket): readonly VenueMarket[] {
  return source.symbols.flatMap((symbol) => {
    const instrument = source.instrument(symbol);
    return instrument === undefined ? [] : [venueMarket(instrument)];
  });
}

function accountsOf(
  { seed = 1, accounts: count = 2, accountActivity }: SimulatedO2Config,
  markets: readonly VenueMarket[],
): ReadonlyMap<string, SimulatedAccount> {
  return new Map(
    Array.from({ length: count }, (_, index) => {
      const draw = random(seedFor(seed, `account ${index}`));
      const spec = accountActivity === undefined ? {} : { activity: accountActivity };
      return [simulatedAccountId(index + 1), new SimulatedAccount({ random: draw, instruments: markets, ...spec })];
    }),
  );
}
