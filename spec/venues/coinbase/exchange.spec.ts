import { VirtualTimeScheduler } from 'rxjs';
import { type BookState, InvalidArgumentError, type Trade } from '../../../lib/index.js';
import type { Link, Topic } from '../../../lib/socket/plan.js';
import { coinbaseExchange, type CoinbaseExchangeOptions } from '../../../lib/venues/coinbase/index.js';
import { CoinbaseExchangeDialect } from '../../../lib/venues/coinbase/exchange/dialect.js';
import { notingLink } from '../../support/notingLink.js';
import { venueRig } from '../../support/venueRig.js';

const rig = (options: CoinbaseExchangeOptions = {}) =>
  venueRig((outside) => coinbaseExchange({ ...outside, ...options }));

const snapshot =
  '{"type":"snapshot","product_id":"SKL-USD","asks":[["0.7910","450.0"],["0.7911","2635.4"]],"bids":[["0.7885","5.0"],["0.7880","1.0"]]}';
const update = (...changes: readonly (readonly string[])[]): string =>
  JSON.stringify({ type: 'l2update', product_id: 'SKL-USD', changes, time: '2021-04-17T16:43:37.077621Z' });

function followed() {
  const one = rig();
  const states: BookState[] = [];
  one.exchange.book('skl-usd').subscribe((state) => states.push(state));
  one.pass(10);
  return { ...one, last: () => states.at(-1) };
}

const dialectOf = (link: Link = notingLink().link): CoinbaseExchangeDialect =>
  new CoinbaseExchangeDialect(link, new VirtualTimeScheduler());

const topic = (channel: string, product: string, slot?: string): Topic => ({
  key: `${channel}:${product}`,
  group: 'feed',
  slot,
  detail: { channel, product },
});

describe('a book of Coinbase Exchange', () => {
  it.each(['0', '0.0', '0.000000'])('takes a size of %s for the end of a level', (size) => {
    const { wire, last } = followed();

    wire().receive(snapshot, update(['buy', '0.7885', size], ['sell', '0.791', '7.5']));

    expect(last()).toMatchObject({
      status: 'live',
      book: { bestBid: { price: 0.788 }, bestAsk: { size: 7.5 }, bids: { length: 1 }, asks: { length: 2 } },
    });
  });

  it('takes the changes of a message in their order', () => {
    const { wire, last } = followed();

    wire().receive(snapshot, update(['buy', '0.7885', '0'], ['buy', '0.7885', '3'], ['buy', '0.7885', '4']));

    expect(last()).toMatchObject({ book: { bestBid: { price: 0.7885, size: 4 }, bids: { length: 2 } } });
  });

  it('begins whichever side a snapshot tells first, and anew with each', () => {
    const { wire, last, exchange } = followed();
    const other =
      '{"type":"snapshot","product_id":"SKL-USD","bids":[["0.1","5.0"]],"asks":[],"time":"0001-01-01T00:00:00.000000Z"}';

    wire().receive(snapshot, other);

    expect(last()).toMatchObject({ status: 'live', book: { bids: { length: 1 }, asks: { length: 0 } } });
    expect(last()).toMatchObject({ book: { venueTime: undefined } });
    expect(exchange.tally('SKL-USD')).toMatchObject({ snapshots: 2 });
  });

  it('is stale where it is crossed, or a message of it could not be read, and subscribed anew', () => {
    const { wire, last, pass, faults } = followed();

    wire().receive(snapshot, update(['buy', '0.7915', '1']));
    expect(last()).toMatchObject({ status: 'stale', reason: 'crossed' });
    pass(1_000);
    wire().receive(snapshot);
    expect(last()).toMatchObject({ status: 'live' });
    wire().receive(update(['buy', '0.7', '0.-10000']));

    expect(last()).toMatchObject({ status: 'stale', reason: 'gap' });
    expect(
      wire()
        .sent.map((text) => (JSON.parse(text) as { type: string }).type)
        .slice(0, 3),
    ).toEqual(['subscribe', 'unsubscribe', 'subscribe']);
    expect(faults).toContainEqual(
      expect.objectContaining({ type: 'decode', path: 'coinbase.l2update/changes: Changes/0: change/2: Size' }),
    );
  });
});

describe('the dialect of Coinbase Exchange', () => {
  it('asks for all at once, ends channel by channel, and keeps the heartbeat of the first product', () => {
    const dialect = dialectOf();
    const topics = [topic('ticker', 'A-B'), topic('matches', 'A-B'), topic('ticker', 'C-D')];

    expect(dialect.subscribe(topics)).toEqual({
      id: '1',
      text: '{"type":"subscribe","channels":[{"name":"ticker","product_ids":["A-B","C-D"]},{"name":"matches","product_ids":["A-B"]},{"name":"heartbeat","product_ids":["A-B"]}]}',
      more: [],
    });
    expect(dialect.subscribe([topic('heartbeat', 'A-B'), topic('heartbeat', 'C-D')]).text).toBe(
      '{"type":"subscribe","channels":[{"name":"heartbeat","product_ids":["A-B","C-D"]}]}',
    );
    expect(dialect.unsubscribe([topic('heartbeat', 'A-B'), ...topics])).toEqual({
      id: '3',
      text: '{"type":"unsubscribe","product_ids":["A-B","C-D"],"channels":["ticker"]}',
      more: ['{"type":"unsubscribe","product_ids":["A-B"],"channels":["matches"]}'],
    });
    expect(dialect.unsubscribe([topic('heartbeat', 'A-B')])).toEqual({});
  });

  const list = (...names: readonly string[]): string =>
    JSON.stringify({ type: 'subscriptions', channels: names.map((name) => ({ name, product_ids: ['A-B'] })) });
  const refusal = '{"type":"error","message":"Failed to subscribe","reason":"A-B is not a valid product"}';

  it.each<[string, readonly string[], readonly string[]]>([
    ['a list that has it', [list('ticker', 'heartbeat')], ['confirmed ticker:A-B', 'accepted 1']],
    ['a list that has it not', [list('heartbeat')], []],
    ['a refusal of one', [refusal], ['rejected ticker:A-B Failed to subscribe: A-B is not a valid product']],
    [
      'an error behind it',
      [list('ticker'), refusal],
      ['confirmed ticker:A-B', 'accepted 1', 'report Failed to subscribe: A-B is not a valid product'],
    ],
    [
      'too many requests, which passes',
      ['{"type":"error","message":"rate limit exceeded"}'],
      ['report rate limit exceeded'],
    ],
  ])('reads %s', (_, frames, expected) => {
    const { link, noted } = notingLink();
    const dialect = dialectOf(link);
    dialect.subscribe([topic('ticker', 'A-B')]);

    for (const frame of frames) dialect.receive(frame);

    expect(noted).toEqual(expected);
  });

  it('finds out by the next list which answer did not come', () => {
    const { link, noted } = notingLink();
    const dialect = dialectOf(link);
    const [ticker, book] = [topic('ticker', 'A-B'), topic('level2_batch', 'A-B', 'level2:A-B')];
    dialect.subscribe([ticker]);
    dialect.unsubscribe([ticker]);
    dialect.subscribe([book]);

    // Neither the first list nor the second has come.
    dialect.receive(list('level2_50', 'heartbeat'));

    expect(noted).toEqual(['accepted 2', 'confirmed level2_batch:A-B', 'accepted 3']);
  });

  it('takes a list for the answer to one message, where others behind it would look the same', () => {
    const { link, noted } = notingLink();
    const dialect = dialectOf(link);
    const [ticker, matches, status] = [topic('ticker', 'A-B'), topic('matches', 'A-B'), topic('status', 'A-B')];
    dialect.subscribe([matches]);
    dialect.subscribe([ticker]);
    dialect.unsubscribe([ticker]);
    dialect.subscribe([status]);
    dialect.subscribe([ticker]);

    const lists = [list('matches'), list('matches', 'ticker'), list('matches'), refusal, list('matches', 'ticker')];
    for (const one of lists) dialect.receive(one);

    expect(noted).toEqual([
      ...['confirmed matches:A-B', 'accepted 1', 'accepted 2', 'accepted 3'],
      'rejected status:A-B Failed to subscribe: A-B is not a valid product',
      ...['confirmed ticker:A-B', 'accepted 5'],
    ]);
  });

  it('is not behind for good where the answers to something that was left and is wanted again are lost', () => {
    const { link, noted } = notingLink();
    const dialect = dialectOf(link);
    const ticker = topic('ticker', 'A-B');
    dialect.subscribe([ticker]);
    dialect.unsubscribe([ticker]);
    dialect.subscribe([ticker]);
    // Neither of the first two was answered: this is taken for the answer to the first.
    dialect.receive(list('ticker'));
    expect(noted).toEqual(['accepted 1']);

    dialect.subscribe([ticker]);
    dialect.receive(list('ticker'));
    expect(noted.slice(1)).toEqual([
      'accepted 2',
      'confirmed ticker:A-B',
      'accepted 3',
      'confirmed ticker:A-B',
      'accepted 4',
    ]);
  });

  it('takes the refusal of an earlier request for none of what was left and is asked for again since', () => {
    const { link, noted } = notingLink();
    const dialect = dialectOf(link);
    const ticker = topic('ticker', 'A-B');
    dialect.subscribe([ticker]);
    dialect.unsubscribe([ticker]);
    dialect.subscribe([ticker]);
    for (const frame of [refusal, list('heartbeat'), refusal]) dialect.receive(frame);

    const words = 'Failed to subscribe: A-B is not a valid product';
    expect(noted).toEqual([`report ${words}`, 'accepted 2', `rejected ticker:A-B ${words}`]);
  });

  it('ends nothing by an error that may be of another message, as answers are missing', () => {
    const { link, noted } = notingLink();
    const dialect = dialectOf(link);
    const ticker = topic('ticker', 'A-B');
    for (let times = 0; times < 2; times += 1) dialect.subscribe([ticker]);
    dialect.receive(refusal);
    dialect.receive(refusal);

    const words = 'Failed to subscribe: A-B is not a valid product';
    expect(noted).toEqual([`report ${words}`, `rejected ticker:A-B ${words}`]);
  });

  it('knows what data came of, though its answer was lost: a list without it has ended it', () => {
    const { link, noted } = notingLink();
    const dialect = dialectOf(link);
    dialect.subscribe([topic('ticker', 'A-B')]);
    dialect.receive(JSON.stringify({ type: 'ticker', product_id: 'A-B' }));
    noted.length = 0;

    dialect.receive(list('heartbeat'));

    expect(noted).toEqual(['interrupted ticker:A-B']);
  });

  it('refuses nothing that a list has', () => {
    const { link, noted } = notingLink();
    const dialect = dialectOf(link);
    dialect.subscribe([topic('ticker', 'A-B')]);
    dialect.receive(list('ticker', 'heartbeat'));
    dialect.subscribe([topic('ticker', 'A-B')]);
    noted.length = 0;

    dialect.receive(refusal);

    expect(noted).toEqual(['report Failed to subscribe: A-B is not a valid product']);
  });

  it('refuses nothing behind a frame that could not be read, which may have been an answer', () => {
    const { link, noted } = notingLink();
    const dialect = dialectOf(link);
    for (const channel of ['matches', 'ticker']) dialect.subscribe([topic(channel, 'A-B')]);
    expect(() => {
      dialect.receive(refusal.slice(0, -9));
    }).toThrow();

    dialect.receive(refusal);

    expect(noted).toEqual(['report Failed to subscribe: A-B is not a valid product']);
  });

  it('knows so behind other messages, too, whose answers were lost', () => {
    const { link, noted } = notingLink();
    const dialect = dialectOf(link);
    dialect.subscribe([topic('matches', 'C-D')]);
    dialect.subscribe([topic('ticker', 'A-B')]);
    dialect.receive(JSON.stringify({ type: 'ticker', product_id: 'A-B' }));
    noted.length = 0;

    dialect.receive(list('heartbeat'));

    expect(noted).toEqual(['interrupted ticker:A-B']);
  });

  it('asks for the heartbeat again until it is listed', () => {
    const dialect = dialectOf();
    const said = () => String(dialect.subscribe([topic('ticker', 'A-B')]).text);
    expect([said(), said()].map((text) => text.includes('heartbeat'))).toEqual([true, true]);
    dialect.receive(list('ticker', 'heartbeat'));
    expect(said()).not.toContain('heartbeat');
  });

  it.each([
    ['names what is asked for by another', 'C-D is not a valid product'],
    ['is about an end', 'Failed to unsubscribe'],
    ['names what nobody asked for', 'E-F is not a valid product'],
  ])('refuses nothing by an error that %s', (_, message) => {
    const { link, noted } = notingLink();
    const dialect = dialectOf(link);
    dialect.subscribe([topic('ticker', 'A-B')]);
    dialect.subscribe([topic('ticker', 'C-D')]);

    dialect.receive(JSON.stringify({ type: 'error', message }));

    expect(noted).toEqual([`report ${message}`]);
  });

  it('refuses nothing by an error that names another channel, where both are of one product', () => {
    const { link, noted } = notingLink();
    const dialect = dialectOf(link);
    dialect.subscribe([topic('ticker', 'A-B')]);
    dialect.subscribe([topic('level2', 'A-B', 'level2:A-B')]);
    const message = 'level2, level3, and full channels now require authentication';

    dialect.receive(JSON.stringify({ type: 'error', message }));

    expect(noted).toEqual([`report ${message}`]);
  });

  it('refuses nothing by an error that says of nothing what it is about, until it is the answer again and again', () => {
    const { link, noted } = notingLink();
    const dialect = dialectOf(link);
    dialect.subscribe([topic('ticker', 'A-B')]);
    dialect.receive('{"type":"error","message":"ErrSlowConsume"}');
    dialect.receive(list('ticker', 'heartbeat'));
    expect(noted).toEqual(['report ErrSlowConsume', 'confirmed ticker:A-B', 'accepted 1']);
    noted.length = 0;

    for (let times = 1; times <= 2; times += 1) {
      dialect.subscribe([topic('matches', 'A-B')]);
      dialect.receive('{"type":"error","message":"odd"}');
    }

    expect(noted).toContain('rejected matches:A-B odd');
    expect(noted[0]).toBe('report odd');
  });

  it('takes a request that such an error may have refused for accepted only where a list shows all of it', () => {
    const { link, noted } = notingLink();
    const dialect = dialectOf(link);
    const ticker = topic('ticker', 'A-B');
    dialect.subscribe([ticker, topic('matches', 'A-B')]);
    dialect.unsubscribe([ticker]);
    dialect.receive('{"type":"error","message":"odd"}');
    dialect.subscribe([ticker]);
    dialect.receive(list('ticker', 'heartbeat'));
    expect(noted.filter((one) => one.startsWith('accepted'))).toEqual(['accepted 2', 'accepted 3']);
  });

  it('takes a late error for the answer to what a list showed to be dealt with, and to have no answer', () => {
    const { link, noted } = notingLink();
    const dialect = dialectOf(link);
    for (const channel of ['matches', 'ticker', 'status']) dialect.subscribe([topic(channel, 'A-B')]);
    dialect.receive(list('ticker', 'heartbeat'));
    noted.length = 0;

    for (const frame of [refusal, refusal]) dialect.receive(frame);

    const words = 'Failed to subscribe: A-B is not a valid product';
    expect(noted).toEqual([`report ${words}`, `rejected status:A-B ${words}`]);
  });

  it('ends once more, ahead of what is requested next, what the venue would not end', () => {
    const { link, noted } = notingLink();
    const dialect = dialectOf(link);
    const [slow, fast] = [topic('level2_batch', 'A-B', 'level2:A-B'), topic('level2', 'A-B', 'level2:A-B')];
    const data = '{"type":"l2update","product_id":"A-B","changes":[]}';
    dialect.subscribe([slow]);
    dialect.receive(list('level2_batch', 'heartbeat'));
    dialect.unsubscribe([slow]);
    dialect.receive('{"type":"error","message":"internal error"}');
    noted.length = 0;

    const { text, more } = dialect.subscribe([fast]);
    expect([text, ...(more ?? [])].map((one) => (JSON.parse(String(one)) as { type: string }).type)).toEqual([
      'unsubscribe',
      'subscribe',
    ]);
    for (const frame of [list('heartbeat'), list('level2', 'heartbeat'), data]) dialect.receive(frame);

    expect(noted).toEqual(['confirmed level2:A-B', 'accepted 3', `deliver level2:A-B ${data}`]);
  });

  it('has frames of a book belong to the channel that was subscribed last, from when the other is over', () => {
    const { link, noted } = notingLink();
    const dialect = dialectOf(link);
    const [slow, fast] = [topic('level2_batch', 'A-B', 'level2:A-B'), topic('level2', 'A-B', 'level2:A-B')];
    const data = '{"type":"l2update","product_id":"A-B","changes":[]}';
    dialect.subscribe([slow]);
    dialect.receive(list('level2_batch', 'heartbeat'));
    dialect.unsubscribe([slow]);
    dialect.subscribe([fast]);

    dialect.receive(data);
    dialect.receive(list('heartbeat'));
    dialect.receive(data);

    expect(noted).toEqual(['confirmed level2_batch:A-B', 'accepted 1', 'accepted 2', `deliver level2:A-B ${data}`]);
  });

  it.each(['{}', '17', '[]', '', '{"type":"ticker"}', '{"product_id":"A-B"}'])(
    'says of %s that it can’t be read',
    (frame) => {
      expect(() => {
        dialectOf().receive(frame);
      }).toThrow();
    },
  );
});

const SENT_AT = '2021-04-17T16:43:37.121358Z';

describe('coinbaseExchange()', () => {
  it('asks every minute what is subscribed: what the venue has ended, its notice lost, is subscribed anew', () => {
    const { wire, last, pass, faults } = followed();
    const listOf = (...names: readonly string[]): string =>
      JSON.stringify({ type: 'subscriptions', channels: names.map((name) => ({ name, product_ids: ['SKL-USD'] })) });
    const live = (seconds: number): void => {
      for (let second = 0; second < seconds; second += 1) {
        pass(1_000);
        wire().receive('{"type":"heartbeat","product_id":"SKL-USD","sequence":1,"last_trade_id":1,"time":"x"}');
      }
    };
    wire().receive(listOf('level2_batch', 'heartbeat'), snapshot);
    live(58);
    expect(wire().sent).toHaveLength(1);
    live(3);
    const asked = '{"type":"subscribe","channels":[{"name":"heartbeat","product_ids":["SKL-USD"]}]}';
    expect(wire().sent.slice(1)).toEqual([asked]);
    wire().receive(listOf('level2_batch', 'heartbeat'));
    live(60);
    expect(wire().sent.slice(1)).toEqual([asked, asked]);
    expect(last()).toMatchObject({ status: 'live' });

    wire().receive(listOf('heartbeat'));
    expect(last()).toMatchObject({ status: 'stale', reason: 'gap' });
    pass(1_000);
    expect(wire().sent.slice(3).join()).toMatch(/unsubscribe.*level2_batch.*"subscribe".*level2_batch/);
    expect(faults.map(({ type }) => type)).toEqual(['gap']);
  });

  it('tells trades by the taker’s side, and the one before the subscription apart', () => {
    const { exchange, wire, pass } = rig();
    const [live, past]: [Trade[], Trade[]] = [[], []];
    exchange.trades('SKL-USD').subscribe((trade) => live.push(trade));
    exchange.recentTrades('SKL-USD').subscribe((trade) => past.push(trade));
    pass(10);
    const seen =
      '{"type":"match","trade_id":1568268,"maker_order_id":"c","taker_order_id":"3","side":"sell","size":"450","price":"0.791","product_id":"SKL-USD","sequence":201390075,"time":"2021-04-17T16:43:37.121358Z"}';

    wire().receive(seen.replace('"match"', '"last_match"').replace('8268', '8267'), seen);

    expect(live).toMatchObject([{ id: '1568268', side: 'buy', price: 0.791, exact: { size: '450' } }]);
    expect(past).toMatchObject([{ id: '1568267' }]);
    expect(wire().sent).toHaveLength(1);
  });

  it('tells a gap where the venue drops trades, also behind the one before the subscription', () => {
    const { exchange, wire, pass, faults } = rig();
    const told: string[] = [];
    exchange.trades('SKL-USD').subscribe(({ id }) => told.push(id));
    exchange.recentTrades('SKL-USD').subscribe();
    pass(10);
    const match = (trade_id: number, type = 'match'): string =>
      JSON.stringify({ type, trade_id, side: 'sell', size: '4', price: '1', product_id: 'SKL-USD', time: SENT_AT });

    wire().receive(match(7, 'last_match'), match(9), match(10), match(12));

    expect(told).toEqual(['9', '10', '12']);
    const channel = 'matches:SKL-USD';
    expect(faults).toMatchObject([
      { type: 'gap', channel, reason: 'gap', expected: 8, received: 9 },
      { type: 'gap', channel, expected: 11, received: 12 },
    ]);
    expect(faults).toHaveLength(2);
  });

  it('has a heartbeat on a wire, and gives up one that is without', () => {
    const { exchange, wire, pass, connection } = rig();
    const beats: unknown[] = [];
    exchange.heartbeats('BTC-USD').subscribe((beat) => beats.push(beat));
    pass(10);

    wire().receive(
      '{"type":"heartbeat","sequence":90,"last_trade_id":20,"product_id":"BTC-USD","time":"2021-04-17T16:43:37.121Z"}',
    );
    pass(9_000);
    expect(connection.at(-1)).toMatchObject({ status: 'ready' });
    pass(2_000);

    expect(beats).toMatchObject([{ sequence: 90, lastTradeId: '20', instrument: 'BTC-USD' }]);
    expect(connection).toContainEqual(expect.objectContaining({ status: 'lost', reason: 'silent' }));
  });

  it.each<[CoinbaseExchangeOptions, string]>([
    [{}, 'wss://ws-feed.exchange.coinbase.com'],
    [{ sandbox: true }, 'wss://ws-feed-public.sandbox.exchange.coinbase.com'],
    [{ url: 'wss://ws-direct.exchange.coinbase.com/' }, 'wss://ws-direct.exchange.coinbase.com'],
  ])('with %j opens %s', (options, url) => {
    const { exchange, wire, pass } = rig(options);
    exchange.ticker('BTC-USD').subscribe();
    pass(10);

    expect(wire().endpoint.url).toBe(url);
  });

  it.each([
    () => coinbaseExchange({ url: 'https://x' }),
    () => coinbaseExchange({ channelsPerWire: 0 }),
    () => coinbaseExchange({ jwt: 'x' } as CoinbaseExchangeOptions),
    () => coinbaseExchange().book('BTCUSD'),
    () => coinbaseExchange().book('BTC-USD', { channel: 'level3' as 'level2' }),
    () => coinbaseExchange().book('BTC-USD', { depth: 10 } as object),
  ])('refuses what can’t be meant: %s', (call) => {
    expect(call).toThrow(InvalidArgumentError);
  });
});
