import * as t from 'io-ts';
import { VirtualTimeScheduler, map } from 'rxjs';
import {
  type BookState,
  type DepthEvent,
  type Exchange,
  type ExchangeOptions,
  type Trade,
  levelOf,
  stepRule,
} from '../../lib/index.js';
import { type FakeWire, fakeNetwork } from '../../lib/testing/index.js';
import {
  type Dialect,
  type Link,
  type Topic,
  VenueBase,
  VenueCore,
  type WirePlan,
  type BookParameters,
  type BookStreams,
  Books,
  DecimalText,
  Id,
  Levels,
  Millis,
  Sequence,
  eachValue,
  frame,
  heartbeat,
  leaf,
  orNone,
  parseLossless,
  readAnswer,
  reader,
} from '../../lib/venue/index.js';

/** A whole venue, of nothing but what a user of the package can import. */
interface AcmeExchange extends Exchange {
  book(symbol: string): BookStreams['state$'];
  trades(symbol: string): ReturnType<typeof eachValue<Trade>>;
}

const Envelope = frame('acme.Envelope', { on: Id, data: t.unknown });
const Diff = frame('acme.Diff', { n: Sequence, bids: Levels, asks: Levels });
const Side = leaf<'buy' | 'sell'>('Side', (u): u is 'buy' | 'sell' => u === 'buy' || u === 'sell');
const Trades = t.readonlyArray(
  frame('acme.Trade', { id: Id, price: DecimalText, size: DecimalText, side: Side, at: Millis }, { note: orNone(Id) }),
);

function acme(options: ExchangeOptions): AcmeExchange {
  const base = new VenueBase('acme', options, { limits: [{ limit: 5, window: 1_000 }] });
  const dialect = (link: Link): Dialect => ({
    receive: (text) => {
      const { on, data } = readAnswer(Envelope, { body: text });
      if (on === 'subscribed') link.confirmed(String(data));
      else link.deliver(on, data);
    },
    subscribe: (topics) => ({ text: JSON.stringify({ sub: keysOf(topics) }) }),
    unsubscribe: (topics) => ({ text: JSON.stringify({ unsub: keysOf(topics) }) }),
    alongside: () => heartbeat(link, 20_000, () => 'alive', base.scheduler),
  });
  const main: WirePlan = {
    endpoint: () => [{ url: 'wss://acme.example/stream' }],
    dialect,
    limits: {
      channels: 100,
      topicsPerRequest: 10,
      requestBytes: 1_000,
      silence: 30_000,
      probeWithin: 5_000,
      messages: { limit: 10, window: 1_000 },
    },
  };
  const core = new VenueCore(base, { wires: { main } });
  const topic = (key: string): Topic => ({ key, group: 'main' });

  const bookOf = new Books(core).of(({ instrument: symbol }: BookParameters) => ({
    source: {
      topic: topic(`depth.${symbol}`),
      decode: reader(Diff, ({ n, ...sides }, receivedTime): DepthEvent => ({
        type: 'diff',
        instrument: symbol,
        firstSequence: n,
        lastSequence: n,
        receivedTime,
        ...sides,
      })),
    },
    rule: stepRule,
    snapshot: () =>
      base.requests.send({ method: 'GET', url: `https://acme.example/depth/${symbol}` }).pipe(
        map((answer) => {
          const { n: sequence, ...sides } = readAnswer(Diff, answer);
          return {
            type: 'snapshot',
            instrument: symbol,
            sequence,
            receivedTime: core.scheduler.now(),
            ...sides,
          } as const;
        }),
      ),
  }));

  return {
    ...core.exchange,
    book: (symbol) => bookOf({ instrument: symbol }).state$,
    trades: (symbol) =>
      eachValue(core, {
        topic: topic(`trades.${symbol}`),
        decode: reader(Trades, (trades, receivedTime) =>
          trades.map(({ price, size, at, id, side }) => ({
            instrument: symbol,
            id,
            side,
            venueTime: at,
            receivedTime,
            ...levelOf(price, size),
          })),
        ),
      }),
  };
}

const keysOf = (topics: readonly Topic[]): readonly string[] => topics.map(({ key }) => key);

/** An Acme on a network in our hands: confirms what is subscribed, and has two snapshots. */
function start() {
  const scheduler = new VirtualTimeScheduler();
  const confirm = (wire: FakeWire, text: string): void => {
    const { sub = [] } = text.startsWith('{') ? (parseLossless(text) as { readonly sub?: readonly string[] }) : {};
    for (const key of sub) scheduler.schedule(() => wire.receive({ on: 'subscribed', data: key }), 1);
  };
  const snapshots = [7, 10];
  const network = fakeNetwork({
    onOpening: (wire) => scheduler.schedule(() => wire.open(), 1),
    onSent: confirm,
    onRequested: (request) =>
      scheduler.schedule(() => request.respond({ n: snapshots.shift(), bids: [['99', '1']], asks: [['101', '2']] }), 5),
  });
  const exchange = acme({ network, scheduler, random: () => 0.5 });
  const pass = (ms: number): void => {
    scheduler.maxFrames = scheduler.now() + ms;
    scheduler.flush();
  };
  return { exchange, network, pass };
}

describe('a venue made of what the package exports', () => {
  it('joins a book, notices a gap, and mends it', () => {
    const { exchange, network, pass } = start();
    const states: string[] = [];
    const told = (state: BookState): string =>
      state.status === 'syncing' ? 'syncing' : `${state.status} ${String(state.book.sequence)}`;
    exchange.book('X').subscribe((state) => states.push(told(state)));
    const diff = (n: number) => ({ on: 'depth.X', data: { n, bids: [['99', String(n)]], asks: [] } });

    pass(3);
    network.wires[0]?.receive(diff(7));
    pass(10);
    network.wires[0]?.receive(diff(8));
    network.wires[0]?.receive(diff(10));

    expect(states).toEqual(['syncing', 'live 7', 'live 8', 'stale 8']);
    pass(1_000);
    expect(states.slice(4)).toEqual(['live 10']);
    exchange.close();
  });

  it('tells trades, beats, unsubscribes, and reports what it can’t read', () => {
    const { exchange, network, pass } = start();
    const trades: string[] = [];
    const faults: string[] = [];
    exchange.faults$.subscribe((fault) => faults.push(fault.type === 'decode' ? fault.path : fault.type));
    const subscription = exchange.trades('X').subscribe(({ id, exact, side }) => trades.push(id + side + exact.price));

    pass(3);
    const one = { id: 1, price: '100.10', size: '2', side: 'buy', at: 5 };
    network.wires[0]?.receive({ on: 'trades.X', data: [one, { ...one, id: '2', note: null }] });
    network.wires[0]?.receive({ on: 'trades.X', data: [{ ...one, side: 'sideways' }] });
    pass(20_000);
    subscription.unsubscribe();
    pass(1_500);

    expect(trades).toEqual(['1buy100.10', '2buy100.10']);
    expect(faults).toEqual([expect.stringContaining('side: Side')]);
    expect(network.wires[0]?.sent).toEqual(['{"sub":["trades.X"]}', 'alive', '{"unsub":["trades.X"]}']);
    exchange.close();
  });
});
