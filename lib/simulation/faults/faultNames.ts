import { binanceFaults } from '../binance/faults.js';
import { coinbaseFaults } from '../coinbase/faults.js';
import { dxLinkFaults } from '../dxlink/faults.js';
import { krakenFaults } from '../kraken/faults.js';
import { o2Faults } from '../o2/faults.js';
import { okxFaults } from '../okx/faults.js';
import { tastytradeFaults } from '../tastytrade/faults.js';
import { tplusFaults } from '../tplus/faults.js';
import { tradestationFaults } from '../tradestation/faults.js';
import { commonFaults } from './commonFaults.js';
import { type FaultKind, namesOf } from './faultKind.js';

/**
 * What can go wrong at a simulated venue, at any of them.
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
export const faultNames = namesOf(commonFaults);

/**
 * What can go wrong at one simulated venue only; the others refuse it.
 *
 * - Binance. `numbersAnew`, `numbersAhead`: update ids begin at 1, or far ahead, on sockets that stay open. `newListing`: a
 *   symbol as if just listed. `snapshotAhead`: a snapshot far ahead of the sockets.
 * - T+. `nonceRefused`, `signInFails`: signing in is refused, or fails. `upgradeRefused`: a user's stream is refused.
 *   `tokenExpired`: no token is known any more. `sequenceRestart`: all books count anew. `foreignFrame`: a diff of another
 *   market.
 * - TradeStation. `goAway`, `dualLogon`, `halfLine`: how a stream ends. `unauthorized`, `tooMany`: how an opening is refused.
 *   `silentStream`: never a word. `missingOrders`: a frame of an order is never sent.
 * - O2. `negativeSizes`, `missingSide`, `otherMarket`: updates that can't be, don't say which side, or are of another market.
 * - Kraken. `wrongChecksum`: an update of a book with a checksum that is not its own. `maintenance`: told, and closed.
 * - OKX. `wrongChecksum`: the same, where there are checksums. `numbersFall`: numbers go on from lower ones, linked to the last.
 *   `serviceUpgrade`: a notice that a connection will be closed, which it is after a delay.
 * - Coinbase. `skippedNumber`: the count of a connection goes on one too far.
 * - dxLink. `authRefused`, `authExpired`: UNAUTHORIZED, at once or in the midst of a session. `channelClosed`: by the venue.
 *   `configLate`, `configWithoutFields`, `configFewerFields`: of a FEED_CONFIG. `keepaliveIgnored`: no KEEPALIVE is sent.
 *   `snapshotCut`: the rest of a snapshot never comes.
 * - tastytrade. `lostHeartbeat`: not answered. `anonymousError`: a refusal without its id. `tokenRefused`, `failingToken`,
 *   `shortToken`: of tokens. `repeatedFills`, `fewerFills`: of orders. `batch`: two notifications in one frame.
 */
export const ownFaultNames = {
  binance: namesOf(binanceFaults),
  tastytrade: namesOf(tastytradeFaults),
  tplus: namesOf(tplusFaults),
  tradestation: namesOf(tradestationFaults),
  o2: namesOf(o2Faults),
  dxlink: namesOf(dxLinkFaults),
  kraken: namesOf(krakenFaults),
  coinbase: namesOf(coinbaseFaults),
  okx: namesOf(okxFaults),
} as const;

/** What can go wrong: at every venue ({@link faultNames}), or at one ({@link ownFaultNames}). */
export type FaultName = (typeof faultNames)[number] | (typeof ownFaultNames)[keyof typeof ownFaultNames][number];

const kinds: Readonly<Record<FaultName, FaultKind>> = {
  ...commonFaults,
  ...binanceFaults,
  ...tastytradeFaults,
  ...tplusFaults,
  ...tradestationFaults,
  ...o2Faults,
  ...dxLinkFaults,
  ...krakenFaults,
  ...coinbaseFaults,
  ...okxFaults,
};

/** Every name there is. */
export const allFaultNames: readonly FaultName[] = [...faultNames, ...Object.values(ownFaultNames).flat()];

export const isFaultName = (text: unknown): text is FaultName => allFaultNames.some((name) => name === text);

export const kindOf = (fault: FaultName): FaultKind => kinds[fault];

export const isMomentary = (fault: FaultName): boolean => kindOf(fault).momentary === true;
