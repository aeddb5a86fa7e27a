/**
 * What can go wrong at a simulated venue.
 *
 * - Frames. `drop`: never sent. `duplicate`: sent twice. `reorder`: sent after the next frame of its stream.
 *   `corruptJson`: cut short. `wrongTypes`: one field has another type. `crossedBook`: a diff also holds a bid above the
 *   best ask; the true book holds no such level.
 * - Connections. `refuseConnections`: refused with an HTTP status. `acceptAndClose`: opened and closed at once.
 *   `closeCleanly`: closed with the handshake. `terminate`: broken without one. `silent`: open, but nothing is sent,
 *   pings included; what is received is acted on. `halfOpen`: nothing is sent or received any more, and nobody is told.
 * - Snapshots. `slowSnapshot`: answered late. `staleSnapshot`: older than it should be. `failingSnapshot`: an HTTP
 *   error.
 * - Subscriptions. `unknownSymbol`: the symbol isn't known; sockets stay silent about it, requests say so.
 *   `ackNever`: acted on, but not confirmed.
 * - `burst`: many steps of the market at once, each with its frames.
 */
export const faultNames = [
  'drop',
  'duplicate',
  'reorder',
  'corruptJson',
  'wrongTypes',
  'crossedBook',
  'refuseConnections',
  'acceptAndClose',
  'closeCleanly',
  'terminate',
  'silent',
  'halfOpen',
  'slowSnapshot',
  'staleSnapshot',
  'failingSnapshot',
  'unknownSymbol',
  'ackNever',
  'burst',
] as const;

/**
 * What can go wrong at one simulated venue only; another takes it and does nothing.
 *
 * - Binance. `numbersAnew`: the update ids of one symbol begin at 1 on sockets that stay open. `numbersAhead`: likewise, but
 *   they go on far ahead. `newListing`: one symbol is as if just listed: its first diff begins with 1 and holds the whole
 *   book, and its snapshots have the id -1 and no levels for a while. `snapshotAhead`: a snapshot whose id is far ahead of
 *   what the sockets tell. (A snapshot that is cached for long: `staleSnapshot`.)
 * - T+. `nonceRefused`: signing in is refused because of its nonce. `signInFails`: signing in gets an HTTP error.
 *   `upgradeRefused`: a user's stream is refused as if its token were none. `tokenExpired`: no token is known any more, and
 *   the users' streams are told so and closed. `sequenceRestart`: all connections are closed, and the books count anew.
 *   `foreignFrame`: a diff of another market comes before the right one.
 * - TradeStation. `goAway`: a stream says that the server goes, in the shape of its kind, and ends. `dualLogon`: a stream
 *   says that the login is used elsewhere, and ends. `halfLine`: a stream breaks in the midst of a line. `unauthorized`: an
 *   opening is refused as if its token were none. `tooMany`: likewise by 429, with 7 s to wait. `silentStream`: opened, and
 *   never a word. `missingOrders`: a frame of an order is never sent on a stream that is well otherwise.
 * - O2. `negativeSizes`: a depth update that leaves less than nothing. `missingSide`: a trade or an order that doesn't say
 *   which side. `otherMarket`: a depth update of a market that the connection did not ask for.
 * - dxLink. `authRefused`: a token is answered with UNAUTHORIZED. `authExpired`: UNAUTHORIZED in the midst of a session,
 *   and no data until the next token. `channelClosed`: the venue closes a channel by itself. `configLate`: the first
 *   FEED_CONFIG and all data of a channel wait. `configWithoutFields`, `configFewerFields`: a FEED_CONFIG that names no
 *   fields, or not all that were asked for. `keepaliveIgnored`: the venue sends no KEEPALIVE. `snapshotCut`: the rest of a
 *   snapshot never comes.
 * - tastytrade. `lostHeartbeat`: a heartbeat is not answered. `anonymousError`: a subscription is refused by a reply
 *   without its id. `tokenRefused`: a `connect` is refused as if its token were no good. `failingToken`: the token endpoint
 *   answers with an HTTP error. `shortToken`: a token lives for 20 s only. `repeatedFills`: an order lists its fills twice,
 *   and is told twice. `fewerFills`: an order is told once more, without its fills. `batch`: a notification waits for the
 *   next one, and both come in one frame.
 */
export const ownFaultNames = {
  binance: ['numbersAnew', 'numbersAhead', 'newListing', 'snapshotAhead'],
  tastytrade: [
    'lostHeartbeat',
    'anonymousError',
    'tokenRefused',
    'failingToken',
    'shortToken',
    'repeatedFills',
    'fewerFills',
    'batch',
  ],
  tplus: ['nonceRefused', 'signInFails', 'upgradeRefused', 'tokenExpired', 'sequenceRestart', 'foreignFrame'],
  tradestation: ['goAway', 'dualLogon', 'halfLine', 'unauthorized', 'tooMany', 'silentStream', 'missingOrders'],
  o2: ['negativeSizes', 'missingSide', 'otherMarket'],
  dxlink: [
    'authRefused',
    'authExpired',
    'channelClosed',
    'configLate',
    'configWithoutFields',
    'configFewerFields',
    'keepaliveIgnored',
    'snapshotCut',
  ],
} as const;

/** What can go wrong: at every venue ({@link faultNames}), or at one ({@link ownFaultNames}). */
export type FaultName = (typeof faultNames)[number] | (typeof ownFaultNames)[keyof typeof ownFaultNames][number];

/** Every name there is. */
export const allFaultNames: readonly FaultName[] = [...faultNames, ...Object.values(ownFaultNames).flat()];

export const isFaultName = (text: string): text is FaultName => allFaultNames.some((name) => name === text);

/** What an injected fault may be told; every field has a default. */
export interface FaultDetails {
  /**
   * How long it lasts, in ms: everything that it fits is hit until then. Default: it waits up to 10 s for one hit.
   *
   * `closeCleanly`, `terminate`, `burst`, `numbersAnew`, `numbersAhead` and `newListing` happen at one moment and don't last. `silent` and `halfOpen` strike the
   * connections open at that moment. A `silent` that lasts covers those opened meanwhile too, and ends for all;
   * without, it never ends for the connection. A connection once `halfOpen` stays so; one that lasts also strikes
   * those opened meanwhile.
   */
  readonly for?: number;
  /** How many hits at most (frames, requests, connections; steps of a `burst`: 100). */
  readonly count?: number;
  /**
   * Hits only what has this in its name, in any case: part of a stream's name, of a symbol, of a connection's URL.
   * Default: anything; of the frames, `drop`, `duplicate` and `reorder` by default hit depth diffs only.
   */
  readonly target?: string;
  /**
   * HTTP status of `refuseConnections` (default 503), `failingSnapshot` (default 500; 429 asks to wait 1 s), `signInFails`
   * (default 500) and `upgradeRefused` (default 401).
   */
  readonly status?: number;
  /** Close code of `acceptAndClose` and `closeCleanly`. Default: 1000. */
  readonly code?: number;
  /**
   * In ms: how late a `slowSnapshot` or a `configLate` is (default 3,000), how old a `staleSnapshot` is (default 5,000), for
   * how long snapshots know nothing of a `newListing` (default 2,000).
   */
  readonly delay?: number;
}

/** One line of a plan. */
export interface PlannedFault extends FaultDetails {
  readonly fault: FaultName;
  /** In ms since the venue was made. */
  readonly at: number;
  /** Again after every so many ms. */
  readonly every?: number;
  /** No repetition begins at or after this time. Default: it never ends. */
  readonly until?: number;
}

/** What goes wrong when. Data: the same plan on the same seed does the same. */
export type FaultPlan = readonly PlannedFault[];

/** How long a fault without a duration waits for something to hit, in ms. */
export const WAITS = 10_000;
/** How long a fault of one moment is still worth doing when nobody was connected at that moment, in ms. */
export const MOMENT = 1_000;

const momentary: readonly FaultName[] = [
  ...(['closeCleanly', 'terminate', 'silent', 'halfOpen', 'burst'] as const),
  ...(['tokenExpired', 'sequenceRestart'] as const),
  ...(['numbersAnew', 'numbersAhead', 'newListing'] as const),
];

export const isMomentary = (fault: FaultName): boolean => momentary.includes(fault);

/** For how long a fault can strike, in ms. */
export const windowOf = (planned: PlannedFault): number => planned.for ?? (isMomentary(planned.fault) ? MOMENT : WAITS);

/** When the last fault of a plan can strike no more, in ms since the venue was made; `Infinity` if it never ends. */
export const endOfPlan = (plan: FaultPlan): number =>
  plan.reduce((end, planned) => Math.max(end, lastBegin(planned) + windowOf(planned)), 0);

function lastBegin({ at, every, until = Number.POSITIVE_INFINITY }: PlannedFault): number {
  if (every === undefined) return at;
  return until <= at ? at : at + (Math.ceil((until - at) / every) - 1) * every;
}
