import { binanceVenue } from './binance.js';
import { bitfinexVenue } from './bitfinex.js';
import { bitstampVenue } from './bitstamp.js';
import { bybitVenue } from './bybit.js';
import type { CliVenue } from './cliVenue.js';
import { coinbaseVenue } from './coinbase.js';
import { deribitVenue } from './deribit.js';
import { dxlinkVenue } from './dxlink.js';
import { hyperliquidVenue } from './hyperliquid.js';
import { krakenVenue } from './kraken.js';
import { kucoinVenue } from './kucoin.js';
import { o2Venue } from './o2.js';
import { okxVenue } from './okx.js';
import { tastytradeVenue } from './tastytrade.js';
import { tplusVenue } from './tplus.js';
import { tradestationVenue } from './tradestation.js';

/** Every venue of the command line. A new one is one more entry; the first is the default. */
export const cliVenues: readonly CliVenue[] = [
  binanceVenue,
  bitfinexVenue,
  bitstampVenue,
  bybitVenue,
  coinbaseVenue,
  deribitVenue,
  dxlinkVenue,
  hyperliquidVenue,
  krakenVenue,
  kucoinVenue,
  o2Venue,
  okxVenue,
  tastytradeVenue,
  tplusVenue,
  tradestationVenue,
];

export function cliVenue(name: string): CliVenue {
  const found = cliVenues.find((venue) => venue.name === name);
  if (found === undefined) throw new RangeError(`no venue named ${name}`);
  return found;
}
