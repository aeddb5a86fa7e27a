import { asyncScheduler } from 'rxjs';
import type { InstrumentSpec } from '../market/instrumentSpec.js';
import { type SimulatedMarket, simulatedMarket } from '../market/simulatedMarket.js';
import { random, seedFor } from '../random.js';
import type { SimulatedVenue } from '../simulatedVenue.js';
import { checkSimulatedTastytradeConfig, type SimulatedTastytradeConfig } from './config.js';
import { ownFaultNames } from '../faults/faultNames.js';
import { VenueServer } from '../venueServer.js';
import { Account } from './account.js';
import { Agenda } from './agenda.js';
import { Customer } from './customer.js';
import { tastytradeLimits, type TastytradeLimits } from './limits.js';
import { type RestConfig, rest } from './rest.js';
import { Session, type TastytradeHost } from './session.js';
import { Tokens } from './tokens.js';
import { userNews } from './userNews.js';
import type { Notice } from './words.js';

/** What the venue knows of one thing, under its own keys. */
type Known = Readonly<Record<string, unknown>>;

/** An account as it truly stands, under the venue's keys. */
export interface TrueAccount {
  /** Every order that is remembered, open or over. */
  readonly orders: readonly Known[];
  /** Those that are open. */
  readonly positions: readonly Known[];
  readonly balances: Known;
  readonly tradingStatus: Known;
}

/** A tastytrade with what its tests may know and its clients may not. */
export interface SimulatedTastytrade extends SimulatedVenue {
  /** `undefined` for an account that the customer does not have. */
  trueAccount(account: string): TrueAccount | undefined;
  /** Whether a token for quotes was given out and is good: what a market data server asks. */
  isQuoteToken(token: string): boolean;
  /** Every token that was given out: none of them may be told. */
  tokens(): readonly string[];
}

/** Shares with a tick of a cent. */
const SHARES: readonly InstrumentSpec[] = [
  { symbol: 'AAPL', base: 'AAPL', quote: 'USD', price: '230.00', size: '100' },
  { symbol: 'NOK', base: 'NOK', quote: 'USD', price: '10.50', size: '500' },
  { symbol: 'SPY', base: 'SPY', quote: 'USD', price: '610.00', size: '200' },
];

/**
 * A tastytrade that exists only here: tokens, the state of accounts by request, and the account stream, with a customer
 * who trades by the seed. It runs while a client is connected.
 *
 * @throws InvalidArgumentError at once for a config that can't be meant, a fault that the venue does not have among it.
 */
export function simulatedTastytrade(config: SimulatedTastytradeConfig = {}): SimulatedTastytrade {
  checkSimulatedTastytradeConfig(config);
  const { seed = 1, scheduler = asyncScheduler, faults: plan = [], latency, numbered = true } = config;
  const { instruments = SHARES, depth = 5, history = 1, dxlinkUrl = 'wss://dxlink.invalid/realtime' } = config;
  const { clientSecret = 'simulated-client-secret', refreshToken = 'simulated-refresh-token' } = config;
  const limits: TastytradeLimits = { ...tastytradeLimits, ...config.limits };
  const market = simulatedMarket({ ...config, instruments, depth, history, activity: 1 });
  const { tastytrade: ownFaults } = ownFaultNames;
  const server = new VenueServer<Session>({ market, seed, scheduler, faults: plan, ownFaults, latency });
  const { faults, sessions, now, requested } = server;
  const tokens = new Tokens(random(seedFor(seed, 'tokens')), now);
  const userDraw = random(seedFor(seed, 'user'));
  const chance = chanceOf(config);
  const { accounts, customers } = customersOf(config, market, (name, notice) => {
    for (const session of [...sessions]) session.emitAccount(name, notice);
  });

  const host: TastytradeHost = {
    ...server.host,
    limits,
    numbered,
    isToken: (header) => tokens.isAccess(header),
    isAccount: (account) => accounts.has(account),
  };

  server.onStep((at) => {
    for (const customer of customers) customer.step();
    if (userDraw() < chance / 5) {
      const news = userNews(at, market.symbols, userDraw);
      for (const [action, notice] of news) for (const session of [...sessions]) session.emitAction(action, notice);
    }
    server.pulse(at);
  });

  const venue = server.venue({
    name: 'tastytrade',
    http: rest({
      clientSecret,
      refreshToken,
      dxlinkUrl: typeof dxlinkUrl === 'function' ? dxlinkUrl : () => dxlinkUrl,
      openedAt: now(),
      accounts,
      shares: sharesOf(market),
      tokens,
      limits,
      faults,
      scheduler,
      requested,
    }),
    door: ({ pathname: url }, _, connection) =>
      server.refusedByPlan(url) ?? ((seat) => new Session({ ...seat, url }, host, connection)),
  });
  return {
    ...venue,
    trueAccount: (name) => {
      const account = accounts.get(name);
      return account && truthOf(account);
    },
    isQuoteToken: (token) => tokens.isQuote(token),
    tokens: () => tokens.all,
  };
}

const sharesOf = (market: SimulatedMarket): RestConfig['shares'] =>
  market.symbols.map((symbol) => ({ symbol, tick: market.instrument(symbol)?.units.changeText(1) ?? '0.01' }));

/** How likely it is that a customer does something within a step. */
const chanceOf = ({ activity = 0.5, stepEvery = 100 }: SimulatedTastytradeConfig): number =>
  Math.min(1, (activity * stepEvery) / 1_000);

function customersOf(
  config: SimulatedTastytradeConfig,
  market: SimulatedMarket,
  emit: (account: string, notice: Notice) => void,
): { readonly accounts: ReadonlyMap<string, Account>; readonly customers: readonly Customer[] } {
  const { seed = 1, accounts: names = ['5WT00000'] } = config;
  const now = (): number => market.now();
  const all = names.map((name) => {
    const draw = random(seedFor(seed, `account ${name}`));
    const agenda = new Agenda(now);
    const emitTo = (notice: Notice): void => {
      emit(name, notice);
    };
    const account = new Account({ account: name, random: draw, agenda, now, emit: emitTo });
    const customer = new Customer({ account, agenda, market, random: draw, activity: chanceOf(config) });
    return { name, account, customer };
  });
  return {
    accounts: new Map(all.map(({ name, account }) => [name, account])),
    customers: all.map(({ customer }) => customer),
  };
}

function truthOf({ allOrders, openPositions, balances, tradingStatus }: Account): TrueAccount {
  return { orders: allOrders, positions: openPositions, balances, tradingStatus };
}
