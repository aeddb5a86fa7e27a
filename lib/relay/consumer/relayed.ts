import { type Observable, asyncScheduler } from 'rxjs';
import { check, checkOneOf } from '../../errors/checks.js';
import { aDuration, anObject, anything, aText, checkOptions, checkSocketUrl } from '../../errors/optionRules.js';
import type { Exchange, ExchangeOptions } from '../../feed/exchange.js';
import { accountEventsOf, accountStatesOf } from '../../feed/account/accountStreams.js';
import type { NoOwnStreams, OwnStreamKind, OwnStreams } from '../../feed/ownStreams.js';
import { exchangeRules } from '../../feed/exchangeRules.js';
import { type BookParameters, type BookStreams, Books } from '../../feed/books.js';
import { Discretion } from '../../feed/discretion.js';
import { VenueBase } from '../../feed/venueBase.js';
import { VenueCore, foldedChannel } from '../../feed/venueCore.js';
import type { BookTally } from '../../model/bookTally.js';
import type { Topic, WirePlan } from '../../socket/plan.js';
import { steady } from '../../time/steadyScheduler.js';
import { aBus } from '../bus/aBus.js';
import type { Bus } from '../bus/bus.js';
import { busNetwork } from '../bus/busNetwork.js';
import { relayBackoff } from '../bus/connected.js';
import { readClaim, readOwn } from '../wire/claims.js';
import { readDepth } from '../wire/depth.js';
import { type OwnMethod, type RelayedMethod, type ValueMethod, valueKinds } from '../wire/kinds.js';
import { type StreamName, checkName, keyOf, ownStreamOf, streamOf } from '../wire/subjects.js';
import { historyOf } from '../wire/pastCandles.js';
import { claimFeed } from './claimFeed.js';
import { RelayedDialect, type RelayedStream, STATUS } from './dialect.js';
import { relayFold, relayRule } from './fold.js';
import { pastCandles } from './pastCandles.js';
import { type GatewayReport, readStatus } from './status.js';

/** What is relayed, by whom, and how patient we are. */
export interface RelayedOptions<S extends OwnStreams = NoOwnStreams> extends Omit<
  ExchangeOptions,
  'network' | 'backoff'
> {
  /** The venue's name, as its exchange has it: `binance`. */
  readonly venue: string;
  /** The bus on which gateways relay it. */
  readonly bus?: Bus;
  /** Or a gateway that listens for WebSockets: `ws://127.0.0.1:8080`, with its token where it asks for one: `?token=…`. */
  readonly url?: string;
  /** How the address is opened. Default: the live network of the platform. */
  readonly network?: ExchangeOptions['network'];
  /** Which gateways are asked. Default: whichever serves a stream. */
  readonly gateways?: readonly string[];
  /**
   * `first`: one gateway is heard for each stream, and another one when it is lost or can't be trusted. `all`: every one is
   * heard, and the loss of one is not noticed; for venues whose numbers are the same on every connection, and grow.
   * Default: `first`.
   */
  readonly hear?: 'first' | 'all';
  /** Default: as of any exchange, but from 250 ms to 2 s. */
  readonly backoff?: ExchangeOptions['backoff'];
  /**
   * How much later than the soonest messages may come, in ms. Whoever is slower, or was held up for so long, loses the
   * session and begins anew, rather than take for live what is old. Default: 2,000.
   */
  readonly maxLag?: number;
  /**
   * The venue's own streams, by a table of its entry point: `tradestationStreams`. With it the exchange has their methods too.
   * Streams of accounts are had where a gateway offers them, by the names that it gives the accounts.
   */
  readonly streams?: S;
}

/** What an exchange of another process has here: its own methods and types, as far as their values are the library's. */
export type Relayed<E extends Exchange, S extends OwnStreams = NoOwnStreams> = Exchange &
  Pick<E, RelayedMethod<E> | (OwnMethod<S> & keyof E)> & {
    /** What gateways tell of themselves. Hot. */
    gateways(): Observable<GatewayReport>;
    /** What the running book of an instrument has counted here since it began; absent where none runs. */
    tally(instrument: string): BookTally | undefined;
    /** Has the book of an instrument joined anew, or every book. It is stale until it is. */
    resync(instrument?: string): void;
  };

const rules = {
  ...exchangeRules,
  venue: aText,
  bus: aBus,
  url: aText,
  gateways: anything,
  hear: aText,
  maxLag: aDuration,
  streams: anObject,
};

/**
 * An exchange that another process holds: the same methods, types and promises, over a bus or a gateway's WebSocket. Cold:
 * opens nothing until something is subscribed. A book is live while the gateway's is, nothing of its stream is missing, and
 * messages come in time; it is mended by joining anew.
 *
 * A stream that no gateway offers is asked for until one does, which is told in `faults$`; one that the venue refuses errors
 * with a `SubscriptionRefusedError`.
 *
 * @throws InvalidArgumentError (at the call) for options and arguments that can't be meant.
 */
export function relayed<E extends Exchange, S extends OwnStreams = NoOwnStreams>(
  options: RelayedOptions<S>,
): Relayed<E, S> {
  const core = coreOf(options);
  const streams: object = { ...streamsOf(core), ...ownStreamsOf(core, options.streams ?? {}), ...core.exchange };
  // Which of them the venue has, its type says.
  return streams as Relayed<E, S>;
}

function coreOf(options: RelayedOptions<OwnStreams>): VenueCore {
  checkOptions('options', options, rules);
  const { venue, bus, url, gateways = [], hear = 'first', maxLag = 2_000, network, streams = {}, ...rest } = options;
  const { scheduler = asyncScheduler } = rest;
  checkName('venue', venue);
  if (url !== undefined) checkSocketUrl('url', url);
  checkOneOf('hear', ['first', 'all'], hear);
  check(
    'bus',
    (bus === undefined) !== (url === undefined),
    'a bus, or the url of a gateway',
    bus === url ? 'neither' : 'both',
  );
  check('gateways', Array.isArray(gateways), 'a list of names', typeof gateways);
  for (const name of gateways) checkName('gateways', name);
  const time = steady(scheduler);
  const dialect = {
    venue,
    gateways,
    isAll: hear === 'all',
    hasAccounts: 'account' in streams,
    maxLag,
    scheduler: time,
  };
  const wire: WirePlan = {
    endpoint: () => [{ url: url ?? 'bus:' }],
    dialect: (link) => new RelayedDialect(dialect, link),
    limits,
  };
  const way = bus === undefined ? network : busNetwork(bus);
  const base = new VenueBase(
    venue,
    {
      ...rest,
      backoff: { ...relayBackoff, ...rest.backoff },
      scheduler: time,
      maxLag,
      ...(way && { network: way }),
    },
    // There may be a token in the address.
    url === undefined ? {} : { discretion: new Discretion() },
  );
  return new VenueCore(base, { wires: { relay: wire } });
}

/** Ours: gateways tell a head every second, and a ping is answered by the bus or by the gateway. */
const limits: WirePlan['limits'] = {
  channels: 10_000,
  // A request for one stream is made up once.
  topicsPerRequest: 1,
  requestBytes: 65_536,
  silence: 3_000,
  probeWithin: 2_000,
};

const topicOf = (method: string, instrument: string, name: StreamName): Topic => {
  const detail: RelayedStream = { method, instrument, name };
  return { key: keyOf(name), group: 'relay', fromStart: true, detail };
};

/** The topic of a state, or of values that are the venue's own. */
const ownTopic = (method: string, name: StreamName, own: OwnStreamKind): Topic => {
  const detail: RelayedStream = { method, instrument: name.symbol, name, own };
  return { key: keyOf(name), group: 'relay', fromStart: true, detail };
};

/** What one relayed book differs by from another. */
interface RelayedBook extends BookParameters {
  /** How its stream is called. */
  readonly kind: string;
  readonly symbol: string;
}

function streamsOf(core: VenueCore): Readonly<Record<string, unknown>> {
  const books = new Books(core);
  const bookBy = books.of(({ instrument, kind, symbol }: RelayedBook) => ({
    source: { topic: topicOf('book', instrument, { kind, symbol, isAccount: false }), decode: readDepth },
    rule: relayRule,
    fold: relayFold,
    // The gateway has judged it.
    mayCross: true,
  }));
  const bookOf = (args: readonly unknown[]): BookStreams => {
    const { kind, symbol } = streamOf('book', args);
    return bookBy({ instrument: String(args[0]), kind, symbol });
  };
  const valuesOf = (method: ValueMethod, args: readonly unknown[]): Observable<unknown> => {
    const { wire, isState } = valueKinds[method];
    const name = streamOf(method, args);
    const past = historyOf(method, args);
    if (past !== undefined) return pastCandles(core, ownTopic(method, name, 'states'), past);
    const topic = topicOf(method, String(args[0]), name);
    const spec = { topic, decode: wire.read };
    return isState ? core.current<unknown>(spec) : core.stream<unknown>(spec);
  };
  const methods = Object.keys(valueKinds) as readonly ValueMethod[];
  return {
    ...Object.fromEntries(methods.map((method) => [method, (...args: readonly unknown[]) => valuesOf(method, args)])),
    book: (...args: readonly unknown[]) => bookOf(args).state$,
    depth: (...args: readonly unknown[]) => bookOf(args).event$,
    gateways: () => core.stream({ topic: { key: STATUS, group: 'relay' }, decode: readStatus }),
    tally: (instrument: string) => books.tally(instrument),
    resync: (instrument?: string) => {
      books.resync(instrument);
    },
  };
}

/** The streams that are the venue's own. */
function ownStreamsOf(core: VenueCore, { market = {}, account = {} }: OwnStreams): Readonly<Record<string, unknown>> {
  const methodsOf = (
    kinds: Readonly<Record<string, OwnStreamKind>>,
    isAccount: boolean,
  ): readonly (readonly [string, unknown])[] =>
    Object.entries(kinds).map(([method, kind]) => [
      method,
      (...args: readonly unknown[]) => ownStream(core, { method, kind, name: ownStreamOf(method, args, isAccount) }),
    ]);
  return Object.fromEntries([...methodsOf(market, false), ...methodsOf(account, true)]);
}

function ownStream(
  core: VenueCore,
  { method, kind, name }: { readonly method: string; readonly kind: OwnStreamKind; readonly name: StreamName },
): Observable<unknown> {
  const topic = ownTopic(method, name, kind);
  if (kind === 'values') return core.stream<unknown>({ topic, decode: readOwn });
  if (kind === 'latest') return core.current<unknown>({ topic, decode: readOwn });
  const updates$ = foldedChannel(core, topic.key, { topic, decode: readClaim }, claimFeed);
  return kind === 'states' ? accountStatesOf(updates$) : accountEventsOf(updates$, core.scheduler);
}
