import { asyncScheduler } from 'rxjs';
import type { Broadcast } from '../broadcast.js';
import { Broadcaster } from '../broadcaster.js';
import { lowerCased } from '../lowerCased.js';
import { type SimulatedMarket, simulatedMarket } from '../market/simulatedMarket.js';
import { random, seedFor } from '../random.js';
import type { SimulatedConnection, SimulatedVenue } from '../simulatedVenue.js';
import { checkSimulatedTplusConfig, type SimulatedTplusConfig } from './config.js';
import { ownFaultNames } from '../faults/faultNames.js';
import { VenueServer, type Verdict } from '../venueServer.js';
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
import type { SimulatedTplus } from './trueTplus.js';
import { UserDesk } from './userDesk.js';

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
  return new Tplus(config).venue();
}

class Tplus {
  readonly #server: VenueServer<Session>;
  readonly #source: SimulatedMarket;
  readonly #assets: ReadonlyMap<string, Asset>;
  readonly #allAssets: readonly Asset[];
  readonly #numbering: Numbering;
  readonly #broadcaster = new Broadcaster();
  readonly #desks = new Map<string, UserDesk>();
  readonly #auth: Auth;
  readonly #limits: TplusLimits;
  readonly #seed: number;

  constructor(private readonly config: SimulatedTplusConfig) {
    const { seed = 1, scheduler = asyncScheduler, faults = [], stepEvery = 50, verify = () => true, latency } = config;
    this.#seed = seed;
    this.#limits = { ...tplusLimits, ...config.limits };
    this.#source = simulatedMarket({ ...config, stepEvery, padding: 8 });
    const plan = { faults, ownFaults: ownFaultNames.tplus };
    this.#server = new VenueServer<Session>({ market: this.#source, seed, scheduler, ...plan, latency });
    this.#assets = assetsOf(this.#source);
    this.#allAssets = [...this.#assets.values()];
    this.#numbering = new Numbering(this.#source);
    this.#auth = new Auth({
      limits: this.#limits,
      faults: this.#server.faults,
      now: this.#server.now,
      verify,
      random: random(seedFor(seed, 'secrets')),
      violated: this.#server.violated,
      signedIn: (user) => {
        this.#welcome(user);
      },
    });
    for (const user of config.users ?? []) this.#welcome(user);
    this.#server.onStep((at, isHurried) => {
      this.#step(at, isHurried);
    });
  }

  venue(): SimulatedTplus {
    const host = this.#host();
    const venue = this.#server.venue({
      name: 'tplus',
      http: this.#http(),
      door: ({ pathname }, { headers }, connection) => this.#let(pathname, lowerCased(headers), { host, connection }),
    });
    return {
      ...venue,
      assets: this.#assets,
      trueBooks: (asset, sequence) => {
        const symbol = this.#assets.get(asset)?.instrument.spec.symbol;
        return symbol === undefined ? [] : this.#numbering.booksAt(symbol, sequence);
      },
      sequenceOf: (asset) => {
        const { book, spec } = this.#assets.get(asset)?.instrument ?? {};
        return book === undefined || spec === undefined
          ? undefined
          : this.#numbering.numberOf(spec.symbol, book.sequence);
      },
      desk: (user) => this.#desks.get(user),
      secrets: () => [...this.#auth.secrets],
    };
  }

  #http(): SimulatedVenue['http'] {
    const { scheduler = asyncScheduler, lists = 'pages' } = this.config;
    return rest({
      source: this.#source,
      assets: this.#assets,
      numbering: this.#numbering,
      faults: this.#server.faults,
      auth: this.#auth,
      scheduler,
      seed: this.#seed,
      settleAfter: this.#limits.settleAfter,
      lists,
      requested: this.#server.requested,
      deskOf: (user) => this.#desks.get(user),
    });
  }

  #host(): TplusHost {
    return {
      ...this.#server.host,
      limits: this.#limits,
      acks: this.config.acks ?? true,
      hears: (session) => this.#hears(session),
      foreign: (session) => this.#foreign(session),
    };
  }

  /** Whoever signs in has a desk from then on. */
  #welcome(user: string): void {
    if (this.#desks.has(user)) return;
    const { envelope = 'outside', userActivity: activity = 0.2 } = this.config;
    const { settleAfter } = this.#limits;
    const assets = this.#allAssets;
    this.#desks.set(user, new UserDesk({ user, assets, seed: this.#seed, settleAfter, envelope, activity }));
  }

  #hears({ config: { stream, url, user }, deliver, emit }: Session): (() => void) | undefined {
    const desk = user === undefined ? undefined : this.#desks.get(user);
    if (desk !== undefined) return desk.hear(stream.kind, emit);
    const broadcast = this.#broadcastOf(stream, url);
    if (broadcast === undefined) return undefined;
    this.#broadcaster.join(url, deliver, () => broadcast, this.#server.now());
    return () => {
      this.#broadcaster.leave(url, deliver);
    };
  }

  #broadcastOf(stream: TplusStream, url: string): Broadcast | undefined {
    const ofAll = { stream: url, assets: this.#allAssets, seed: this.#seed, settleAfter: this.#limits.settleAfter };
    if (stream.kind === 'trades') return finalizedTradesBroadcast(ofAll);
    if (stream.kind === 'allTrades') return allTradesBroadcast(ofAll);
    if (!('asset' in stream)) return undefined;
    const asset = this.#assets.get(stream.asset);
    if (asset === undefined || this.#server.faults.take('unknownSymbol', stream.asset) !== undefined) return undefined;
    if (stream.kind === 'klines') return barBroadcast(url, asset);
    if (stream.kind === 'ticker') return tickerBroadcast(url, asset);
    return depthBroadcast({ stream: url, asset, numbering: this.#numbering, levels: this.config.levels ?? 'texts' });
  }

  #foreign({ config: { stream } }: Session): string | undefined {
    const other = this.#allAssets.find(({ id }) => 'asset' in stream && id !== stream.asset);
    const { book, spec } = other?.instrument ?? {};
    const level = book?.bids.levels.at(-1);
    if (book === undefined || spec === undefined || level === undefined) return undefined;
    const number = this.#numbering.numberOf(spec.symbol, book.sequence);
    return `{"bids":[["${level[0]}","${level[1]}"]],"asks":[],"sequence_number":${number}}`;
  }

  #step(at: number, isHurried: boolean): void {
    if (!isHurried && !this.#server.faults.idle) this.#strike();
    for (const desk of this.#desks.values()) desk.step(at);
    this.#broadcaster.pulse(at, isHurried);
    if (!isHurried) this.#server.pulse(at);
  }

  /** The faults that only this venue has. */
  #strike(): void {
    const { faults, sessions } = this.#server;
    for (const onset of faults.onsets('tokenExpired')) {
      onset.struck('tokens');
      this.#auth.discard();
      for (const session of [...sessions]) if (session.config.user !== undefined) session.expel();
    }
    for (const onset of faults.onsets('sequenceRestart')) {
      onset.struck('market');
      this.#numbering.restart();
      for (const session of [...sessions]) session.close(1012, 'restart');
    }
  }

  #let(url: string, headers: Readonly<Record<string, string>>, { host, connection }: Arrival): Verdict<Session> {
    const stream = streamOf(url);
    if (stream === undefined) return 404;
    const refused = this.#server.refusedByPlan(url);
    if (refused !== undefined) return refused;
    const visitor = this.#auth.visitorOf(stream, headers);
    if (visitor === undefined) return 401;
    const unwanted = visitor === 'public' ? undefined : this.#server.faults.take('upgradeRefused', url);
    if (unwanted !== undefined) return unwanted.status ?? 401;
    const user = visitor === 'public' ? undefined : visitor;
    return (seat) => new Session({ ...seat, url, stream, user }, host, connection);
  }
}

/** Who is at the door. */
interface Arrival {
  readonly host: TplusHost;
  readonly connection: SimulatedConnection;
}
