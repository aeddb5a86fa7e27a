import { asyncScheduler, type SchedulerLike } from 'rxjs';
import { FaultSchedule } from '../faults/faultSchedule.js';
import type { FaultPlan } from '../faults/plannedFault.js';
import { strike } from '../faults/strike.js';
import type { Broadcast } from '../broadcast.js';
import { Broadcaster } from '../broadcaster.js';
import { StatsCollector } from '../statsCollector.js';
import { parseUrl } from '../parseUrl.js';
import type { TrueBook } from '../market/simulatedBook.js';
import { simulatedMarket, type SimulatedMarketConfig } from '../market/simulatedMarket.js';
import { random, seedFor } from '../random.js';
import type { Refusal, SimulatedVenue } from '../simulatedVenue.js';
import { venueNetwork, type Latency } from '../venueNetwork.js';
import { type Asset, assetsOf } from './assets.js';
import { Auth, type VerifySignature } from './auth.js';
import { depthBroadcast } from './depthBroadcast.js';
import { tplusLimits, type TplusLimits } from './limits.js';
import { Numbering } from './numbering.js';
import { streamOf, type TplusStream } from './paths.js';
import { rest } from './rest.js';
import { Session, type SessionHost } from './session.js';
import { barBroadcast, tickerBroadcast } from './statisticsBroadcasts.js';
import { allTradesBroadcast, finalizedTradesBroadcast } from './tradeBroadcasts.js';
import { UserDesk } from './userDesk.js';

export interface SimulatedTplusConfig extends Pick<
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
  /** Default: {@link tplusLimits}. */
  readonly limits?: Partial<TplusLimits>;
  /** Proves a signature. Default: any 64 bytes will do. */
  readonly verify?: VerifySignature;
  /** Whether streams are acknowledged by a first frame; older servers do. Default: true. */
  readonly acks?: boolean;
  /** How levels of diffs are written. Default: `texts`. */
  readonly levels?: 'texts' | 'numbers';
  /** How events of orders are wrapped: in their name, or with it inside. Default: `outside`. */
  readonly envelope?: 'outside' | 'inside';
  /** Users who are there from the start; whoever else signs in is there from then on. Default: none. */
  readonly users?: readonly string[];
  /** How often a user acts in a step of the market, in [0, 1]. Default: 0.2. */
  readonly userActivity?: number;
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
  desk(user: string): UserDesk | undefined;
  /** Every nonce, signature and token that was told so far. */
  secrets(): readonly string[];
}

/**
 * A T+ that exists only here: both services on one host, a stream a socket, sign-in by nonce and signature. Whoever signs
 * in has an account that trades by itself. An asset that does not exist has a socket that stays silent.
 *
 * The market steps every 50 ms by default and runs while a client is connected. Everything is decided by the seed and the
 * scheduler's clock.
 */
export function simulatedTplus(config: SimulatedTplusConfig = {}): SimulatedTplus {
  const { seed = 1, scheduler = asyncScheduler, faults: plan = [], acks = true, levels = 'texts' } = config;
  const { stepEvery = 50, envelope = 'outside', userActivity = 0.2, verify = () => true } = config;
  const { instruments, activity, depth, history, latency } = config;
  const limits: TplusLimits = { ...tplusLimits, ...config.limits };
  const { settleAfter } = limits;
  const source = simulatedMarket({
    ...{ seed, scheduler, stepEvery, padding: 8 },
    ...(instruments === undefined ? {} : { instruments }),
    ...(activity === undefined ? {} : { activity }),
    ...(depth === undefined ? {} : { depth }),
    ...(history === undefined ? {} : { history }),
  });
  const now = (): number => source.now();
  const assets = assetsOf(source);
  const allAssets = [...assets.values()];
  const numbering = new Numbering(source);
  const faults = new FaultSchedule(plan, now);
  const hub = new Broadcaster();
  const sessions = new Set<Session>();
  const desks = new Map<string, UserDesk>();
  const ledger = new StatsCollector();
  let isClosed = false;
  let isBursting = false;
  let release: (() => void) | undefined;

  const auth = new Auth({
    ...{ limits, faults, now, verify },
    random: random(seedFor(seed, 'secrets')),
    violated: (limit) => {
      ledger.violated(limit, now());
    },
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

  const host: SessionHost = {
    ...{ limits, faults, now },
    hears: ({ config: { stream, url, user }, deliver, tell }) => {
      const desk = user === undefined ? undefined : desks.get(user);
      if (desk !== undefined) return stream.kind === 'orders' ? desk.hearOrders(tell) : desk.hearTrades(tell);
      const broadcast = broadcastOf(stream, url);
      if (broadcast === undefined) return undefined;
      hub.join(url, deliver, () => broadcast, now());
      return () => {
        hub.leave(url, deliver);
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
  source.onStep(() => {
    if (!isBursting && !faults.idle) strike(faults, sessions, burst);
    if (!isBursting && !faults.idle) strikeOwn();
    for (const desk of desks.values()) desk.step(now());
    hub.pulse(now(), isBursting);
    if (isBursting) return;
    for (const session of [...sessions]) session.pulse(now());
  });

  /** The user of a stream of theirs; `'public'` for other streams; nobody where the headers don't prove it. */
  const visitorOf = (stream: TplusStream, headers: Readonly<Record<string, string>>): string | undefined => {
    if (stream.kind !== 'orders' && stream.kind !== 'userTrades') return 'public';
    const user = auth.userOf(headers);
    return !('user' in stream) || stream.user === user ? user : undefined;
  };

  const venue: Omit<SimulatedTplus, 'network'> = {
    name: 'tplus',
    market: source,
    assets,
    faults,
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
    http: rest({
      ...{ source, assets, numbering, faults, auth, scheduler, seed, settleAfter },
      requested: (path) => {
        ledger.requested(path);
      },
      deskOf: (user) => desks.get(user),
    }),
    accept: ({ url, headers }, connection) => {
      const refuse = (status: number): Refusal => {
        ledger.refused += 1;
        return { refuse: status };
      };
      if (isClosed) return refuse(503);
      const path = parseUrl(url)?.pathname ?? '';
      const stream = streamOf(path);
      if (stream === undefined) return refuse(404);
      const refusal = faults.take('refuseConnections', path);
      if (refusal !== undefined) return refuse(refusal.status ?? 503);
      const named = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
      const visitor = visitorOf(stream, named);
      if (visitor === undefined) return refuse(401);
      const unwanted = visitor === 'public' ? undefined : faults.take('upgradeRefused', path);
      if (unwanted !== undefined) return refuse(unwanted.status ?? 401);

      ledger.accepted += 1;
      const id = ledger.accepted;
      const user = visitor === 'public' ? undefined : visitor;
      const draw = random(seedFor(seed, `session ${id}`));
      const session = new Session({ id, url: path, stream, user, acks, random: draw }, host, connection);
      sessions.add(session);
      release ??= source.run();
      const ending = faults.take('acceptAndClose', path);
      if (ending !== undefined) session.close(ending.code ?? 1000, '');
      const silentUntil = faults.lasting('silent', path);
      if (silentUntil !== undefined) session.silence(silentUntil);
      if (faults.lasting('halfOpen', path) !== undefined) session.freeze();
      session.begin();
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
