import type { AccountOrder } from '../accounts/simulatedAccount.js';
import { asyncScheduler } from 'rxjs';
import type { Broadcast } from '../broadcast.js';
import { Broadcaster } from '../broadcaster.js';
import { lowerCased } from '../lowerCased.js';
import type { TrueBook } from '../market/simulatedBook.js';
import { simulatedMarket } from '../market/simulatedMarket.js';
import { random, seedFor } from '../random.js';
import type { SimulatedVenue } from '../simulatedVenue.js';
import { checkSimulatedTplusConfig, type SimulatedTplusConfig } from './config.js';
import { ownFaultNames } from '../faults/faultNames.js';
import { VenueServer } from '../venueServer.js';
import { type Asset, assetsOf } from './assets.js';
import { Auth } from './auth.js';
import { depthBroadcast } from './depthBroadcast.js';
import { tplusLimits, type TplusLimits } from './limits.js';
import { Numbering } from './numbering.js';
import { streamOf, type TplusStream } from './paths.js';
import { rest } from './rest.js';
import { Session, type TplusHost } from './session.js';
import { barBroadcast, tickerBroadcast } from './statisticsBroadcasts.js';
import { allTradesBroadcast, finalizedTradesBroadcast } from './tradeBroadcasts.js';
import { UserDesk, type UserTrade } from './userDesk.js';

/** What is true of one user of a simulated T+. */
export interface TrueTplusUser {
  readonly openOrders: readonly AccountOrder[];
  /** Oldest first, each as it stands. */
  readonly userTrades: readonly UserTrade[];
  /** The asset that an order is of. */
  assetOf(order: AccountOrder): Asset | undefined;
  /** As the venue names an order. */
  orderId(order: AccountOrder): string;
  /** Told each event of orders in the venue's words. Returns what ends it. */
  hearOrders(listener: (text: string) => void): () => void;
  /** The same of trades. */
  hearTrades(listener: (text: string) => void): () => void;
}

/** A T+ that exists only here. */
export interface SimulatedTplus extends SimulatedVenue {
  /** Its assets, by id. */
  readonly assets: ReadonlyMap<string, Asset>;
  /** The true books that were told under a number: more than one only after a restart. */
  trueBooks(asset: string, sequence: number): readonly TrueBook[];
  /** The number of an asset's book as it stands. */
  sequenceOf(asset: string): number | undefined;
  /** The desk of a user who has signed in: the truth about orders and trades. */
  desk(user: string): TrueTplusUser | undefined;
  /** Every nonce, signature and token that was told so far. */
  secrets(): readonly string[];
}

/**
 * A T+ that exists only here: both services on one host, a stream a socket, sign-in by nonce and signature. Whoever signs
 * in has an account that trades by itself. An asset that does not exist has a socket that stays silent.
 *
 * The market steps every 50 ms by default and runs while a client is connected. Everything is decided by the seed and the
 * scheduler's clock.
 *
 * @throws InvalidArgumentError at once for a config that can't be meant, a fault that the venue does not have among it.
 */
export function simulatedTplus(config: SimulatedTplusConfig = {}): SimulatedTplus {
  checkSimulatedTplusConfig(config);
  const { seed = 1, scheduler = asyncScheduler, faults: plan = [], acks = true, levels = 'texts' } = config;
  const { stepEvery = 50, envelope = 'outside', userActivity = 0.2, verify = () => true } = config;
  const { latency } = config;
  const limits: TplusLimits = { ...tplusLimits, ...config.limits };
  const { settleAfter } = limits;
  const source = simulatedMarket({ ...config, stepEvery, padding: 8 });
  const server = new VenueServer<Session>({
    market: source,
    seed,
    scheduler,
    faults: plan,
    ownFaults: ownFaultNames.tplus,
    latency,
  });
  const { faults, sessions, now, requested } = server;
  const assets = assetsOf(source);
  const allAssets = [...assets.values()];
  const numbering = new Numbering(source);
  const broadcaster = new Broadcaster();
  const desks = new Map<string, UserDesk>();

  const auth = new Auth({
    limits,
    faults,
    now,
    verify,
    random: random(seedFor(seed, 'secrets')),
    violated: server.violated,
    signedIn: (user) => {
      welcome(user);
    },
  });
  const welcome = (user: string): void => {
    if (desks.has(user)) return;
    desks.set(user, new UserDesk({ user, assets: allAssets, seed, settleAfter, envelope, activity: userActivity }));
  };
  for (const user of config.users ?? []) welcome(user);

  const broadcastOf = (stream: TplusStream, url: string): Broadcast | undefined => {
    if (stream.kind === 'trades')
      return finalizedTradesBroadcast({ stream: url, assets: allAssets, seed, settleAfter });
    if (stream.kind === 'allTrades') return allTradesBroadcast({ stream: url, assets: allAssets, seed, settleAfter });
    if (!('asset' in stream)) return undefined;
    const asset = assets.get(stream.asset);
    if (asset === undefined || faults.take('unknownSymbol', stream.asset) !== undefined) return undefined;
    if (stream.kind === 'klines') return barBroadcast(url, asset);
    if (stream.kind === 'ticker') return tickerBroadcast(url, asset);
    return depthBroadcast({ stream: url, asset, numbering, levels });
  };

  const host: TplusHost = {
    ...server.host,
    limits,
    acks,
    hears: ({ config: { stream, url, user }, deliver, tell }) => {
      const desk = user === undefined ? undefined : desks.get(user);
      if (desk !== undefined) return desk.hear(stream.kind, tell);
      const broadcast = broadcastOf(stream, url);
      if (broadcast === undefined) return undefined;
      broadcaster.join(url, deliver, () => broadcast, now());
      return () => {
        broadcaster.leave(url, deliver);
      };
    },
    foreign: ({ config: { stream } }) => {
      const other = allAssets.find(({ id }) => 'asset' in stream && id !== stream.asset);
      const { book, spec } = other?.instrument ?? {};
      const level = book?.bids.levels.at(-1);
      if (book === undefined || spec === undefined || level === undefined) return undefined;
      const number = numbering.numberOf(spec.symbol, book.sequence);
      return `{"bids":[["${level[0]}","${level[1]}"]],"asks":[],"sequence_number":${number}}`;
    },
  };

  const strikeOwn = (): void => {
    for (const onset of faults.onsets('tokenExpired')) {
      onset.struck('tokens');
      auth.forget();
      for (const session of [...sessions]) if (session.config.user !== undefined) session.expel();
    }
    for (const onset of faults.onsets('sequenceRestart')) {
      onset.struck('market');
      numbering.restart();
      for (const session of [...sessions]) session.close(1012, 'restart');
    }
  };
  server.onStep((at, isHurried) => {
    if (!isHurried && !faults.idle) strikeOwn();
    for (const desk of desks.values()) desk.step(at);
    broadcaster.pulse(at, isHurried);
    if (!isHurried) server.pulse(at);
  });

  /** The user of a stream of theirs; `'public'` for other streams; nobody where the headers don't prove it. */
  const visitorOf = (stream: TplusStream, headers: Readonly<Record<string, string>>): string | undefined => {
    if (stream.kind !== 'orders' && !('user' in stream)) return 'public';
    const user = auth.userOf(headers);
    return !('user' in stream) || stream.user === user ? user : undefined;
  };

  const venue = server.venue({
    name: 'tplus',
    http: rest({
      source,
      assets,
      numbering,
      faults,
      auth,
      scheduler,
      seed,
      settleAfter,
      lists: config.lists ?? 'pages',
      requested,
      deskOf: (user) => desks.get(user),
    }),
    door: ({ pathname: url }, { headers }, connection) => {
      const stream = streamOf(url);
      if (stream === undefined) return 404;
      const refused = server.refusedByPlan(url);
      if (refused !== undefined) return refused;
      const visitor = visitorOf(stream, lowerCased(headers));
      if (visitor === undefined) return 401;
      const unwanted = visitor === 'public' ? undefined : faults.take('upgradeRefused', url);
      if (unwanted !== undefined) return unwanted.status ?? 401;
      const user = visitor === 'public' ? undefined : visitor;
      return (seat) => new Session({ ...seat, url, stream, user }, host, connection);
    },
  });
  return {
    ...venue,
    assets,
    trueBooks: (asset, sequence) => {
      const symbol = assets.get(asset)?.instrument.spec.symbol;
      return symbol === undefined ? [] : numbering.booksAt(symbol, sequence);
    },
    sequenceOf: (asset) => {
      const { book, spec } = assets.get(asset)?.instrument ?? {};
      return book === undefined || spec === undefined ? undefined : numbering.numberOf(spec.symbol, book.sequence);
    },
    desk: (user) => desks.get(user),
    secrets: () => [...auth.secrets],
  };
}
