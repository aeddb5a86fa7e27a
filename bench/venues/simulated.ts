import type { SchedulerLike } from 'rxjs';
import { ed25519Signer } from '../../lib/node/ed25519Signer.js';
import {
  simulatedBinance,
  simulatedCoinbase,
  simulatedDxLink,
  simulatedKraken,
  simulatedO2,
  simulatedTastytrade,
  simulatedTplus,
  simulatedTradestation,
} from '../../lib/simulation/index.js';
import { binance, type BinanceMarket } from '../../lib/venues/binance/index.js';
import { coinbaseAdvanced } from '../../lib/venues/coinbase/index.js';
import { dxlink } from '../../lib/venues/dxlink/index.js';
import { kraken } from '../../lib/venues/kraken/index.js';
import { o2 } from '../../lib/venues/o2/index.js';
import { tastytrade } from '../../lib/venues/tastytrade/index.js';
import { tplus } from '../../lib/venues/tplus/index.js';
import { tradestation } from '../../lib/venues/tradestation/index.js';
import type { Means, VenueStream } from './stream.js';

/** Lively, so that there is much to read; some faults aside, all that the venues' documents say. */
const market = (scheduler: SchedulerLike, instrument?: string) => ({
  scheduler,
  seed: 1,
  stepEvery: 100,
  activity: 8,
  latency: 1,
  ...(instrument !== undefined && { instruments: [instrument] }),
});

export const simulatedStreams = (): readonly VenueStream[] => [
  ...binanceStreams('spot'),
  ...binanceStreams('usdm'),
  ...otherBooks(),
  ...dxlinkStreams(),
  ...o2Streams(),
  ...tplusStreams(),
  ...tradestationStreams(),
  ...tastytradeStreams(),
];

function binanceStreams(name: Exclude<BinanceMarket, 'coinm'>): readonly VenueStream[] {
  const one = {
    venue: `binance ${name}`,
    network: (scheduler: SchedulerLike) => simulatedBinance({ ...market(scheduler, 'BTCUSDT'), market: name }).network,
  };
  const exchange = (means: Means) => binance({ ...means, market: name });
  return [
    { ...one, what: 'book', open: (means) => exchange(means).book('BTCUSDT') },
    { ...one, what: 'trades', open: (means) => exchange(means).aggregateTrades('BTCUSDT') },
    { ...one, what: 'quotes', open: (means) => exchange(means).quotes('BTCUSDT') },
    { ...one, what: 'candles', open: (means) => exchange(means).candles('BTCUSDT', '1m') },
  ];
}

/** Books of venues whose other streams are written. */
function otherBooks(): readonly VenueStream[] {
  return [
    {
      venue: 'kraken',
      what: 'book',
      network: (scheduler) => simulatedKraken(market(scheduler, 'BTCUSDT')).network,
      open: (means) => kraken(means).book('BTC/USDT'),
      checksum: 'kraken',
      reason: 'its numbers are kept as they are written',
    },
    {
      venue: 'coinbase',
      what: 'book',
      network: (scheduler) => simulatedCoinbase(market(scheduler, 'BTCUSDT')).network,
      open: (means) => coinbaseAdvanced(means).book('BTC-USDT'),
    },
  ];
}

function dxlinkStreams(): readonly VenueStream[] {
  const one = {
    venue: 'dxlink',
    network: (scheduler: SchedulerLike) => simulatedDxLink(market(scheduler, 'AAPL')).network,
  };
  return [
    {
      ...one,
      what: 'book',
      open: (means) => dxlink(means).book('AAPL'),
      reason: 'twelve orders of 22 fields a frame, kept by index and added up exactly',
    },
    { ...one, what: 'trades', open: (means) => dxlink(means).timeAndSales('AAPL') },
    {
      ...one,
      what: 'quotes',
      open: (means) => dxlink(means).quotes('AAPL'),
      reason: '100 characters: the texts of four numbers, and the way',
    },
    {
      ...one,
      what: 'candles',
      open: (means) => dxlink(means).candlesSince('AAPL', '1m', 0),
      reason: '100 characters: a list that is a new one with every change',
    },
  ];
}

function o2Streams(): readonly VenueStream[] {
  const one = {
    venue: 'o2',
    network: (scheduler: SchedulerLike) => simulatedO2(market(scheduler)).network,
  };
  return [
    {
      ...one,
      what: 'book',
      open: (means) => o2(means).book('ETH/USDT'),
      reason: 'signed sizes of 128 bits, each scaled and added exactly to what stands',
    },
    {
      ...one,
      what: 'trades',
      open: (means) => o2(means).trades('ETH/USDT'),
      reason: 'integers of 128 bits, scaled digit by digit',
    },
  ];
}

function tplusStreams(): readonly VenueStream[] {
  const one = { venue: 'tplus', network: (scheduler: SchedulerLike) => simulatedTplus(market(scheduler)).network };
  const signer = ed25519Signer('00'.repeat(32));
  const exchange = (means: Means) => tplus({ ...means, account: { userId: signer.publicKey, sign: signer.sign } });
  return [
    {
      ...one,
      what: 'book',
      open: (means) => exchange(means).book('200'),
      reason: 'a frame is one level in 80 characters: the way costs more than parsing it',
    },
    {
      ...one,
      what: 'trades',
      open: (means) => exchange(means).trades('200'),
      reason: '180 characters: half of it is checking integers of 64 bits and decimals',
    },
    {
      ...one,
      what: 'candles',
      open: (means) => exchange(means).candles('200'),
      reason: '180 characters: five exact decimals, and the way',
    },
  ];
}

function tradestationStreams(): readonly VenueStream[] {
  const one = {
    venue: 'tradestation',
    network: (scheduler: SchedulerLike) => simulatedTradestation(market(scheduler, 'MSFT')).network,
  };
  const login = { clientId: 'simulated', refreshToken: 'simulated-refresh-token' };
  const exchange = (means: Means) => tradestation({ ...means, login });
  return [
    {
      ...one,
      what: 'book',
      open: (means) => exchange(means).book('MSFT'),
      reason: 'eighty levels a frame, added up by price',
    },
    {
      ...one,
      what: 'quotes',
      open: (means) => exchange(means).quote('MSFT'),
      reason: 'each state tells all that is known',
    },
    {
      ...one,
      what: 'candles',
      open: (means) => exchange(means).candleEvents('MSFT', { interval: 1 }),
      reason: 'five exact decimals, and the way',
    },
  ];
}

function tastytradeStreams(): readonly VenueStream[] {
  const network = (scheduler: SchedulerLike) => simulatedTastytrade({ ...market(scheduler), activity: 20 }).network;
  const login = { clientSecret: 'simulated-client-secret', refreshToken: 'simulated-refresh-token' };
  return [
    {
      venue: 'tastytrade',
      what: 'account',
      network,
      open: (means) => tastytrade({ ...means, login, accounts: ['5WT00000'] }).events('5WT00000'),
      reason: 'each notice makes a new state of the account, with its map of orders',
    },
  ];
}
