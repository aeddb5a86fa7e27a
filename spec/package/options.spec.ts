import { inspect } from 'node:util';
import { type Observable, NEVER, VirtualTimeScheduler, of } from 'rxjs';
import { InvalidArgumentError } from '../../lib/errors/invalidArgumentError.js';
import { noRule } from '../../lib/index.js';
import { memoryBus } from '../../lib/relay/index.js';
import { simulatedBinance } from '../../lib/simulation/index.js';
import { fakeNetwork } from '../../lib/testing/index.js';
import { binance } from '../../lib/venues/binance/index.js';
import { configuredFunctions } from '../support/optionKinds.js';
import type { Untyped } from '../support/untyped.js';

const network = fakeNetwork();
const bus = memoryBus();
const venue = simulatedBinance();
const exchange = binance({ network });
afterAll(() => {
  venue.close();
  exchange.close();
});

const never = (): Observable<never> => NEVER;
const nothing = (): void => undefined;
const login = { clientSecret: 'very-secret', refreshToken: 'very-secret', clientId: 'me' };
const helpers = { cold: never, hot: never, expectObservable: nothing, scheduler: new VirtualTimeScheduler() };
const servers = 'nats://127.0.0.1:4222';
const exchangeAt = { network };

/** What each function needs at least, and is right with: the last of it is its options. */
const right: Readonly<Record<string, readonly unknown[]>> = {
  'millrace audit': [{ every: 1_000 }],
  'millrace bounded': [{ limit: 1, overflow: 'error' }],
  'millrace byOrder': [{}],
  'millrace candlesFromTrades': [{ interval: 60_000 }],
  'millrace conflate': [{ every: 1 }],
  'millrace consolidate': [{ a: of(1) }, {}],
  'millrace foldBook': [{ rule: noRule }],
  'millrace followSymbols': [{ streamOf: never }],
  'millrace groupLevels': [{ step: '1' }],
  'millrace health': [{ every: 1, staleAfter: 1 }],
  'millrace liveNetwork': [{ WebSocket: nothing }],
  'millrace optionChain': [{ contractOf: nothing }],
  'millrace positionChanges': [{}],
  'millrace retryRefused': [{}],
  'millrace sampleFrames': [{ frames$: NEVER }],
  'millrace staleAfter': [{ after: 1 }],
  'millrace throttleBySymbol': [{ perSecond: 1 }],
  'millrace toAsyncIterable': [of(1), { buffer: 1, overflow: 'latest' }],
  'millrace volumeBySymbol': [{}],
  'millrace volumeProfile': [{}],
  'millrace vwap': [{}],
  'millrace withAge': [{ every: 1 }],
  'millrace withHttpStreams': [network, {}],
  'millrace/venues/binance binance': [exchangeAt],
  'millrace/venues/bitfinex bitfinex': [exchangeAt],
  'millrace/venues/bitstamp bitstamp': [exchangeAt],
  'millrace/venues/bybit bybit': [exchangeAt],
  'millrace/venues/coinbase coinbaseAdvanced': [exchangeAt],
  'millrace/venues/coinbase coinbaseExchange': [exchangeAt],
  'millrace/venues/deribit deribit': [exchangeAt],
  'millrace/venues/dxlink dxlink': [exchangeAt],
  'millrace/venues/hyperliquid hyperliquid': [exchangeAt],
  'millrace/venues/kraken kraken': [exchangeAt],
  'millrace/venues/kraken krakenV1': [exchangeAt],
  'millrace/venues/kucoin kucoin': [exchangeAt],
  'millrace/venues/o2 o2': [exchangeAt],
  'millrace/venues/okx okx': [exchangeAt],
  'millrace/venues/tastytrade marketData': [{ quoteToken: never }, exchangeAt],
  'millrace/venues/tastytrade tastytrade': [{ network, login, accounts: ['5WT00000'] }],
  'millrace/venues/tplus tplus': [{ network, account: { userId: 'a'.repeat(64), sign: nothing } }],
  'millrace/venues/tradestation tradestation': [{ network, login }],
  'millrace/venues/tradestation webSocketTransport': [
    { url: 'wss://x.example', codec: { subscribe: nothing, read: nothing } },
  ],
  'millrace/relay memoryBus': [{}],
  'millrace/relay relay': [exchange, { bus, as: 'A', offer: { book: ['BTCUSDT'] } }],
  'millrace/relay relayed': [{ venue: 'binance', bus }],
  'millrace/nats natsBus': [{ servers }],
  'millrace/nats relay': [exchange, { servers, as: 'A', offer: { book: ['BTCUSDT'] } }],
  'millrace/nats relayed': [{ servers, venue: 'binance' }],
  'millrace/node recorder': [network, { sink: nothing, venue: 'x' }],
  'millrace/node recordingFile': ['no-such-folder/x.ndjson.gz', {}],
  'millrace/node replay': [{ header: { sockets: [] }, events: [] }, {}],
  'millrace/node serve': [venue, {}],
  'millrace/node serveRelay': [bus, {}],
  'millrace/node wsNetwork': [{}],
  'millrace/simulation faultsFromSeed': [1, {}],
  'millrace/simulation simulatedBinance': [{}],
  'millrace/simulation simulatedCoinbase': [{}],
  'millrace/simulation simulatedDxLink': [{}],
  'millrace/simulation simulatedKraken': [{}],
  'millrace/simulation simulatedO2': [{}],
  'millrace/simulation simulatedOkx': [{}],
  'millrace/simulation simulatedTastytrade': [{}],
  'millrace/simulation simulatedTplus': [{}],
  'millrace/simulation simulatedTradestation': [{}],
  'millrace/simulation venueNetwork': [venue, {}],
  'millrace/testing fakeNetwork': [{}],
  'millrace/testing marbleNetwork': [helpers, {}],
  'millrace/testing marbles': [nothing, {}],
  'millrace/testing paperTrading': [{ book$: NEVER }],
  'millrace/testing venueInMarbles': [helpers, binance, {}],
  'millrace/angular injectAccount': [exchange, never, {}],
  'millrace/angular injectBook': [exchange, () => 'BTCUSDT', {}],
  'millrace/angular injectConnection': [exchange, {}],
  'millrace/angular injectExchange': [{}, {}],
  'millrace/angular injectFaults': [exchange, {}],
  'millrace/angular injectQuotes': [exchange, () => [], {}],
  'millrace/angular injectStream': [never, {}],
  'millrace/angular withConflation': [{}],
  'millrace/angular withServer': ['idle', {}],
};

/** One of each kind that no option can be, or that only those can be whose type says so. */
const samples: readonly (readonly [value: unknown, kind?: string])[] = [
  [null],
  [NaN],
  [Symbol('x')],
  [1n],
  [new Date(0)],
  [new Map()],
  [[null]],
  [''],
  [[], 'list'],
  [true, 'boolean'],
  ['no such word', 'string'],
  [5, 'number'],
  [(): never => raise(), 'function'],
  [{}, 'object'],
  [Object.create(null), 'object'],
];

function raise(): never {
  throw new Error('nobody calls it');
}

/** Texts that may be empty: marbles of a wire where nothing happens. */
const mayBeEmpty = ['wires'];
const functions = configuredFunctions();

it('knows what each function with options needs, and no other', () => {
  expect(functions.map(({ title }) => title).sort()).toEqual(Object.keys(right).sort());
});

describe.each(functions)('$title', ({ file, title, name, options }) => {
  const args = right[title] ?? [];
  const fits = args.at(-1) as object;

  async function fieldRefused(given: object): Promise<unknown> {
    const exports = (await import(file)) as Readonly<Record<string, unknown>>;
    try {
      await (exports[name] as Untyped)(...args.slice(0, -1), given);
    } catch (error) {
      return error instanceof InvalidArgumentError ? error.field : error;
    }
    return 'none';
  }

  it('refuses an option that it does not have', async () => {
    expect(await fieldRefused({ ...fits, tpyo: 5 })).toBe('tpyo');
  });

  it.each(options.filter(({ kinds }) => !kinds.includes('any')))(
    'refuses $name unless it is $kinds',
    async ({ name, kinds }) => {
      const wrong = samples.filter(
        ([value, kind = '']) => !kinds.includes(kind) && !(value === '' && mayBeEmpty.includes(name)),
      );
      const refused = await Promise.all(wrong.map(([value]) => fieldRefused({ ...fits, [name]: value })));
      const names = new RegExp(`^${name.replace('$', '\\$')}\\b|^${name.replace('$', '\\$')}$`);
      expect(
        wrong.flatMap(([value], index) =>
          names.test(String(refused[index])) ? [] : [`${inspect(value)}: ${String(refused[index])}`],
        ),
      ).toEqual([]);
    },
  );
});
