import { asyncScheduler } from 'rxjs';
import type { InstrumentSpec } from '../market/instrumentSpec.js';
import { simulatedMarket } from '../market/simulatedMarket.js';
import { random, seedFor } from '../random.js';
import type { SimulatedVenue } from '../simulatedVenue.js';
import type { SimulatedVenueConfig } from '../simulatedVenueConfig.js';
import { VenueServer } from '../venueServer.js';
import { AccountBooks, type Told, type Words } from './books.js';
import { tastytradeLimits, type TastytradeLimits } from './limits.js';
import { dateText, timeText } from './money.js';
import { rest } from './rest.js';
import { Session, type TastytradeHost } from './session.js';
import { Tokens } from './tokens.js';

export interface SimulatedTastytradeConfig extends SimulatedVenueConfig {
  /** Default: `5WT00000`. */
  readonly accounts?: readonly string[];
  /** How many things a customer begins in a second, on average. Default: 0.5. */
  readonly activity?: number;
  /** Default: {@link tastytradeLimits}. */
  readonly limits?: Partial<TastytradeLimits>;
  /** What logs in. Default: `simulated-client-secret` and `simulated-refresh-token`. */
  readonly clientSecret?: string;
  readonly refreshToken?: string;
  /** What `GET /api-quote-tokens` names. Default: the venue's own address. */
  readonly dxlinkUrl?: string;
  /** Whether notifications are numbered, as they are since 2026. Default: true. */
  readonly numbered?: boolean;
}

/** An account as it truly stands, under the venue's keys. */
export interface TrueAccount {
  /** Every order that is remembered, open or over. */
  readonly orders: readonly Words[];
  /** Those that are open. */
  readonly positions: readonly Words[];
  readonly balances: Words;
  readonly tradingStatus: Words;
}

export interface SimulatedTastytrade extends SimulatedVenue {
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
 */
export function simulatedTastytrade(config: SimulatedTastytradeConfig = {}): SimulatedTastytrade {
  const { seed = 1, scheduler = asyncScheduler, accounts = ['5WT00000'], activity = 0.5, faults: plan = [] } = config;
  const { stepEvery = 100, instruments = SHARES, depth = 5, history = 1, latency, numbered = true } = config;
  const limits: TastytradeLimits = { ...tastytradeLimits, ...config.limits };
  const market = simulatedMarket({ ...config, instruments, depth, history, activity: 1 });
  const server = new VenueServer<Session>({ market, seed, scheduler, faults: plan, latency });
  const { faults, sessions, now, requested } = server;
  const tokens = new Tokens(random(seedFor(seed, 'tokens')), now);
  const userDraw = random(seedFor(seed, 'user'));
  const chance = Math.min(1, (activity * stepEvery) / 1_000);
  const books = new Map(
    accounts.map((account) => {
      const draw = random(seedFor(seed, `account ${account}`));
      const tell = (told: Told): void => {
        for (const session of [...sessions]) session.tellAccount(account, told);
      };
      return [account, new AccountBooks({ account, market, random: draw, activity: chance, tell })] as const;
    }),
  );

  const host: TastytradeHost = {
    ...server.host,
    ...{ limits, numbered },
    isToken: (header) => tokens.isAccess(header),
    isAccount: (account) => books.has(account),
  };

  const tellUser = (): void => {
    if (userDraw() >= chance / 5) return;
    const at = timeText(now());
    const symbol = market.symbols[0] ?? 'AAPL';
    const news: readonly (readonly [string, Told])[] = [
      [
        'quote-alerts-subscribe',
        {
          type: 'QuoteAlert',
          data: {
            ...{ 'alert-external-id': `alert-${Math.floor(userDraw() * 1e6)}`, 'user-external-id': 'U0001', symbol },
            ...{ 'dx-symbol': symbol, field: 'Last', operator: '>', threshold: '200.00', 'threshold-numeric': 200 },
            ...{ 'created-at': at, 'triggered-at': at, 'completed-at': at, 'expires-at': now() + 86_400_000 },
          },
        },
      ],
      [
        'public-watchlists-subscribe',
        {
          type: 'PublicWatchlists',
          data: {
            ...{ name: 'High Options Volume', 'group-name': 'tastytrade', 'order-index': 3 },
            'watchlist-entries': market.symbols.map((one) => ({ symbol: one, 'instrument-type': 'Equity' })),
          },
        },
      ],
      // The payload of user messages is not documented: this one is made up.
      ['user-message-subscribe', { type: 'UserMessage', data: { text: `It is ${dateText(now())}` } }],
    ];
    for (const [action, told] of news) for (const session of [...sessions]) session.tellAction(action, told);
  };
  server.onStep((at) => {
    for (const account of books.values()) account.step();
    tellUser();
    server.pulse(at);
  });

  const venue = server.venue({
    name: 'tastytrade',
    http: rest({
      clientSecret: config.clientSecret ?? 'simulated-client-secret',
      refreshToken: config.refreshToken ?? 'simulated-refresh-token',
      dxlinkUrl: config.dxlinkUrl ?? 'wss://tasty-openapi-ws.dxfeed.com/realtime',
      accounts: books,
      ...{ tokens, limits, faults, scheduler, requested },
    }),
    door: ({ pathname: url }, _, connection) =>
      server.refusedByPlan(url) ?? ((seat) => new Session({ ...seat, url }, host, connection)),
  });
  return {
    ...venue,
    trueAccount: (account) => {
      const one = books.get(account);
      if (one === undefined) return undefined;
      return {
        orders: [...one.orders.values()].map((order) => one.orderWords(order)),
        positions: [...one.positions.values()].filter(({ size }) => size !== 0).map((each) => one.positionWords(each)),
        balances: one.balanceWords(),
        tradingStatus: one.statusWords(),
      };
    },
    isQuoteToken: (token) => tokens.isQuote(token),
    tokens: () => tokens.all,
  };
}
