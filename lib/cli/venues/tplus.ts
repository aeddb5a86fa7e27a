import { commonOptions } from './commonOptions.js';
import { opening } from './opening.js';
import { type Observable, filter, map } from 'rxjs';
import { ed25519Signer } from '../../node/ed25519Signer.js';
import { parseFaults, simulatedTplus } from '../../simulation/index.js';
import {
  tplus,
  type TplusAccountExchange,
  type TplusFills,
  type TplusOpenOrders,
  type TplusTrade,
  tplusStreams,
} from '../../venues/tplus/index.js';
import type { TableColumn } from '../view/tableView.js';
import { accountTable } from './accountTable.js';
import { bestOfBook } from './bestOfBook.js';
import type { SimulatedCliVenue } from './cliVenue.js';
import { recordedTplus } from './recordedTplus.js';

/** The account of the simulated venue. There is no other: a key does not belong on a command line. */
const SIMULATED_SEED = '00'.repeat(32);

export const tplusVenue: SimulatedCliVenue = {
  name: 'tplus',
  markets: ['main'],
  channels: ['book', 'trades', 'quotes', 'candles', 'ticker', 'orders', 'fills'],
  // The width of a bar is the server's setting.
  intervals: () => ['1m'],
  instrument: '200',
  simulated: ['main'],
  spell: (instrument) => instrument.toLowerCase(),
  checkFaults: (text) => {
    parseFaults(text);
  },
  ...opening<TplusAccountExchange>({
    streams: tplusStreams,
    connect: (options) => {
      const { url, restUrl } = options;
      const base = restUrl ?? url;
      const signer = ed25519Signer(SIMULATED_SEED);
      // A server of one's own is taken for a simulated one: the real venue does not know this account.
      const addresses = base === undefined ? {} : { orderUrl: base, marketUrl: base };
      return tplus({
        ...commonOptions(options),
        ...addresses,
        account: { userId: signer.publicKey, sign: signer.sign },
      });
    },
    show: (exchange, { tradeStreams }) => ({
      ...exchange,
      // A recording has trades of all markets, and nothing that says of each of them that it exists.
      ...(tradeStreams && { trades: (asset) => tradesOf(exchange, asset) }),
      candles: (asset) => exchange.candles(asset),
      quotes: (asset) => bestOfBook(exchange.book(asset)),
      table: (_, channel) =>
        channel === 'fills'
          ? exchange.fills().pipe(map((state) => accountTable(channel, state, FILLS, fillRows)))
          : exchange.openOrders().pipe(map((state) => accountTable(channel, state, ORDERS, orderRows))),
    }),
  }),
  simulate: ({ seed, faults }) => simulatedTplus({ seed, faults: parseFaults(faults) }),
  recorded: recordedTplus,
  demonstration: {
    faults:
      'drop@8s/20s,slowSnapshot=3s@7s+4s/20s,closeCleanly@18s/20s,refuseConnections@18s+3s/20s,tokenExpired@25s/40s',
    note: 'Simulated: every 20 s a message is lost, then the wire; the token every 40 s.',
  },
};

const tradesOf = (exchange: TplusAccountExchange, asset: string): Observable<TplusTrade> =>
  exchange.finalizedTrades().pipe(filter(({ instrument }) => instrument === asset));

const columnsOf = (...names: readonly string[]): readonly TableColumn[] =>
  names.map((name) => ({ name, right: ['price', 'size', 'fee'].includes(name) }));

const ORDERS = columnsOf('order', 'asset', 'side', 'price', 'size');
const orderRows = ({ orders }: TplusOpenOrders): readonly (readonly string[])[] =>
  [...orders.values()].map(({ id, asset, side, exact }) => [
    ...[id, short(asset), side, exact.price ?? 'market', exact.size ?? '–'],
  ]);

const FILLS = columnsOf('trade', 'order', 'asset', 'side', 'price', 'size', 'fee', 'status');
const fillRows = (fills: TplusFills): readonly (readonly string[])[] =>
  [...fills.values()]
    .reverse()
    .map(({ id, orderId, asset, side, exact, status }) => [
      ...[id, orderId, short(asset), side, exact.price, exact.size, exact.fee ?? '–', status],
    ]);

/** An address and a chain are longer than a column. */
const short = (asset: string): string => (asset.length > 12 ? `${asset.slice(0, 6)}…${asset.slice(-4)}` : asset);
