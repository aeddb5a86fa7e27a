import type { Observable } from 'rxjs';
import type { Exchange } from '../../lib/feed/exchange.js';
import { venueRig } from '../support/venueRig.js';
import { bitfinexUnderTest } from './contract/bitfinex.js';
import { bybitUnderTest } from './contract/bybit.js';
import { coinbaseAdvancedUnderTest, coinbaseExchangeUnderTest } from './contract/coinbase.js';
import { deribitUnderTest } from './contract/deribit.js';
import { hyperliquidUnderTest } from './contract/hyperliquid.js';
import { krakenUnderTest } from './contract/kraken.js';
import { kucoinUnderTest } from './contract/kucoin.js';
import { okxUnderTest } from './contract/okx.js';
import type { VenueUnderTest } from './contract/venueUnderTest.js';

type Data = Record<string | number, unknown>;
/** What is put where in the last line of a good frame. */
type Place = readonly (string | number)[];

const put = (frames: string, place: Place, value: unknown): string => {
  const lines = frames.split('\n');
  const frame = JSON.parse(lines.at(-1) ?? '') as Data;
  let at = frame;
  for (const key of place.slice(0, -1)) at = at[key] as Data;
  at[place.at(-1) ?? ''] = value;
  return [...lines.slice(0, -1), JSON.stringify(frame)].join('\n');
};

/** A channel that is open, and what it told of frames. */
function opened<E extends Exchange>(venue: VenueUnderTest<E>, key: string, open: (exchange: E) => Observable<unknown>) {
  const rig = venueRig(venue.make, venue.greeting);
  const values: unknown[] = [];
  open(rig.exchange).subscribe((value) => values.push(value));
  rig.pass(100);
  const isOfKey = (text: string): boolean => {
    const { keys, kept } = venue.read(text);
    return keys.includes(key) || kept === key;
  };
  const wire = rig.network.wires.find(({ sent }) => sent.some(isOfKey));
  return {
    ...rig,
    values,
    receive: (frames: string) => wire?.receive(...frames.split('\n')),
    left: () => rig.faults.filter(({ type }) => type === 'decode'),
  };
}

const ofKind = <E extends Exchange>(venue: VenueUnderTest<E>, kind: string, place: Place, unreadable: unknown) => {
  const channel = venue.channels[kind];
  if (channel === undefined) throw new Error(`${venue.name} has no channel ${kind}`);
  const { key, open, good } = channel;
  return {
    name: `${venue.name} ${kind}: ${place.join('.')}`,
    field: String(place.at(-1)),
    run: (): readonly [values: readonly unknown[], left: readonly object[], whole: number] => {
      const whole = opened(venue, key, open);
      whole.receive(good);
      const without = opened(venue, key, open);
      without.receive(put(good, place, unreadable));
      return [without.values, without.left(), whole.values.length];
    },
    key,
  };
};

/** What may be absent, in frames that tell something else as well. */
const cases = [
  ofKind(bitfinexUnderTest, 'quotes', [1, 5], 'NaN'),
  ofKind(bitfinexUnderTest, 'quotes', [1, 9], {}),
  ofKind(bybitUnderTest, 'book', ['cts'], 'soon'),
  ofKind(coinbaseExchangeUnderTest, 'book', ['time'], 'soon'),
  ofKind(coinbaseExchangeUnderTest, 'ticker', ['time'], 5),
  ofKind(coinbaseAdvancedUnderTest, 'book', ['timestamp'], 'soon'),
  ofKind(coinbaseAdvancedUnderTest, 'quotes', ['timestamp'], 'soon'),
  ofKind(coinbaseAdvancedUnderTest, 'quotes', ['events', 0, 'tickers', 0, 'low_52_w'], 'NaN'),
  ofKind(coinbaseAdvancedUnderTest, 'quotes', ['events', 0, 'tickers', 0, 'price_percent_chg_24_h'], ''),
  ofKind(coinbaseAdvancedUnderTest, 'candles', ['timestamp'], 'soon'),
  ofKind(coinbaseAdvancedUnderTest, 'heartbeats', ['timestamp'], 'soon'),
  ofKind(deribitUnderTest, 'ticker', ['params', 'data', 'stats', 'price_change'], 'NaN'),
  ofKind(deribitUnderTest, 'ticker', ['params', 'data', 'last_price'], 'x'),
  ofKind(deribitUnderTest, 'ticker', ['params', 'data', 'greeks'], { delta: 'x' }),
  ofKind(krakenUnderTest, 'quotes', ['data', 0, 'timestamp'], 'soon'),
  ofKind(krakenUnderTest, 'ticker', ['data', 0, 'timestamp'], 'soon'),
  ofKind(kucoinUnderTest, 'book', ['data', 'time'], 'soon'),
  ofKind(kucoinUnderTest, 'a book of five levels', ['data', 'timestamp'], 'soon'),
  ofKind(kucoinUnderTest, 'quotes', ['data', 'price'], 'NaN'),
  ofKind(okxUnderTest, 'a book of five levels', ['data', 0, 'seqId'], 'x'),
  ofKind(okxUnderTest, 'quotes', ['data', 0, 'seqId'], 'x'),
];

it.each(cases.map((one) => [one.name, one] as const))('%s costs itself, and is told', (_, { run, key, field }) => {
  const [values, left, whole] = run();

  expect(values).toHaveLength(whole);
  expect(left).toMatchObject([{ channel: key, path: expect.stringContaining('/') as string }]);
  if (Number.isNaN(Number(field))) expect((left[0] as { readonly path: string }).path).toContain(field);
});

it('a coin whose middle can’t be read costs itself', () => {
  const { values, receive, left } = opened(hyperliquidUnderTest, 'allMids', (exchange) => exchange.mids());

  receive(JSON.stringify({ channel: 'allMids', data: { mids: { BTC: '1.5', DEAD: 'NaN' } } }));

  expect(values).toMatchObject([{ mids: new Map([['BTC', '1.5']]) }]);
  expect(left()).toMatchObject([{ channel: 'allMids', path: expect.stringContaining('DEAD') as string }]);
});

it('an unreadable time of a book of Kraken costs itself, digits and checksum stay', () => {
  const { key, open, good } = krakenUnderTest.channels.book;
  const { values, receive, left } = opened(krakenUnderTest, key, open);

  receive(good.replace('"checksum"', '"timestamp":"soon","checksum"'));

  expect(values.at(-1)).toMatchObject({ status: 'live', book: { venueTime: undefined } });
  expect(left()).toMatchObject([{ channel: key, path: expect.stringContaining('timestamp') as string }]);
});

it('quotes of Kraken take no figure of a day', () => {
  const { key, open, good } = krakenUnderTest.channels.quotes;
  const { values, receive, faults } = opened(krakenUnderTest, key, open);

  for (const figure of ['last', 'volume', 'low', 'high', 'change']) receive(put(good, ['data', 0, figure], 'NaN'));

  expect(values).toHaveLength(5);
  expect(faults).toEqual([]);
});

describe('a ticker of Bybit', () => {
  const { key, open, good } = bybitUnderTest.channels.ticker;
  const delta = (data: object): string =>
    JSON.stringify({ topic: key, type: 'delta', ts: 2, data: { symbol: 'BTCUSDT', ...data } });

  it('is none while a figure could not be read, and is again once it is told', () => {
    const { values, receive, left } = opened(bybitUnderTest, key, open);
    receive(good);

    receive(delta({ lastPrice: 'NaN', volume24h: '7' }));
    receive(delta({ highPrice24h: '3' }));
    expect(values).toHaveLength(1);
    receive(delta({ lastPrice: '2' }));

    expect(values).toHaveLength(2);
    expect(values[1]).toMatchObject({ last: 2, high: 3, volume: 7, open: 1 });
    expect(left()).toMatchObject([{ channel: key, path: expect.stringContaining('lastPrice') as string }]);
  });

  it('forgets what it knew where a whole frame could not be read', () => {
    const { values, receive, left } = opened(bybitUnderTest, key, open);
    receive(good);

    receive(delta({ symbol: 5 }));
    receive(delta({ lastPrice: '2' }));
    expect(values).toHaveLength(1);
    const { data } = JSON.parse(good) as { readonly data: object };
    receive(delta({ ...data, lastPrice: '4' }));

    expect(values[1]).toMatchObject({ last: 4, volume: 1 });
    expect(left()).toHaveLength(1);
  });
});
