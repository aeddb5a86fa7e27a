import { requestedFields } from '../../../../lib/venues/dxlink/eventTypes.js';
import type { DxLinkQuote } from '../../../../lib/venues/dxlink/index.js';
import { dxLinkWire } from '../../../support/dxlinkWire.js';

const WHOLE = ['eventSymbol', 'bidPrice', 'askPrice', 'bidSize', 'askSize'];
/** As the venue may grant them: bid and ask the other way round. */
const TURNED = ['eventSymbol', 'askPrice', 'bidPrice', 'askSize', 'bidSize'];
const UNNAMED = ['bidPrice', 'askPrice', 'bidSize', 'askSize', 'eventSymbol'];

/** The values of a row in the order in which fields are asked for. */
const asAsked = (bidPrice: number, askPrice: number): readonly unknown[] => {
  const values: Readonly<Record<string, unknown>> = { eventSymbol: 'AAPL', bidPrice, askPrice, bidSize: 1, askSize: 1 };
  return requestedFields('Quote').map((field) => values[field] ?? 0);
};

/** Quotes of AAPL on a channel that was just opened and set up. */
function rig() {
  const venue = dxLinkWire();
  const quotes: DxLinkQuote[] = [];
  venue.exchange.quotes('AAPL').subscribe((quote) => quotes.push(quote));
  venue.passTo(100);
  const channel = (): number =>
    venue
      .sent()
      .filter(({ type }) => type === 'CHANNEL_REQUEST')
      .at(-1)?.channel ?? 0;
  const grant = (fields: unknown): void => {
    venue.say({ type: 'FEED_CONFIG', channel: channel(), dataFormat: 'COMPACT', eventFields: { Quote: fields } });
  };
  const row = (...values: readonly unknown[]): void => {
    venue.say({ type: 'FEED_DATA', channel: channel(), data: ['Quote', values] });
  };
  const prices = (): unknown[] => quotes.map(({ bid, ask }) => [bid?.price, ask?.price]);
  return { ...venue, grant, row, prices, garble: () => venue.wires.at(-1)?.receive('{"type":"FEED_CON') };
}

describe('a channel of data', () => {
  it('is opened anew where the fields that it tells can’t be read', () => {
    const { grant, row, prices, opened, passTo, faults, exchange } = rig();
    grant(7);
    row('AAPL', 101, 100, 1, 1);
    passTo(2_000);

    expect(opened()).toBe(2);
    expect(faults.at(-1)?.message).toBe('dxlink: the channel TICKER told fields that can’t be read');
    grant(TURNED);
    row('AAPL', 102, 100, 1, 1);
    expect(prices().at(-1)).toEqual([100, 102]);
    exchange.close();
  });

  it('is opened anew where a frame that nobody can read may have told its fields', () => {
    const { garble, grant, row, prices, opened, passTo, exchange } = rig();
    garble();
    passTo(2_000);
    expect(opened()).toBe(2);

    grant(TURNED);
    garble();
    row('AAPL', 102, 100, 1, 1);
    garble();
    passTo(4_000);

    expect(prices()).toEqual([[100, 102]]);
    expect(opened()).toBe(2);
    exchange.close();
  });

  it.each([
    ['TURNED', { Quote: TURNED }],
    ['none, as they were asked for', undefined],
  ])('is opened anew where rows come whose fields were not told, and then has those told: %s', (_, eventFields) => {
    const { row, say, prices, opened, passTo, faults, exchange } = rig();
    row('AAPL', 101, 100, 1, 1);
    row(...asAsked(100, 102));
    passTo(2_000);
    expect([prices(), opened()]).toEqual([[], 2]);
    expect(faults.at(-1)?.message).toBe('dxlink: the channel TICKER has rows of fields that it did not tell');

    say({ type: 'FEED_CONFIG', channel: 3, dataFormat: 'COMPACT', eventFields });
    row(...(eventFields === undefined ? asAsked(100, 102) : ['AAPL', 102, 100, 1, 1]));
    passTo(4_000);
    expect([prices(), opened()]).toEqual([[[100, 102]], 2]);
    exchange.close();
  });

  it('whose fields are not told a second time either has them as they were asked for', () => {
    const { row, prices, opened, passTo, exchange } = rig();
    row(...asAsked(100, 102));
    passTo(2_000);
    row(...asAsked(100, 102));
    row(...asAsked(100, 103));
    passTo(4_000);
    expect(opened()).toBe(2);
    expect(prices()).toEqual([
      [100, 102],
      [100, 103],
    ]);
    exchange.close();
  });

  it('is opened anew where row after row has no symbol, as by fields that were lost', () => {
    const { grant, row, prices, opened, passTo, exchange } = rig();
    grant(WHOLE);
    row('AAPL', 100, 102, 1, 1);
    for (let i = 0; i < 2; i += 1) row(100, 102, 1, 1, 'AAPL');
    row('AAPL', 100, 103, 1, 1);
    for (let i = 0; i < 2; i += 1) row(100, 102, 1, 1, 'AAPL');
    passTo(2_000);
    expect(opened()).toBe(1);

    row(100, 102, 1, 1, 'AAPL');
    passTo(4_000);
    expect(opened()).toBe(2);
    grant(UNNAMED);
    row(100, 104, 1, 1, 'AAPL');
    expect(prices()).toEqual([
      [100, 102],
      [100, 103],
      [100, 104],
    ]);
    exchange.close();
  });

  it.each([
    ['its end', '\ufeff{"type":"CHANNEL_CLOSED","channel":1}'],
    ['other fields', '{"type":"FEED_CONFIG","channel":1,"eventFields":{"Quo'],
    ['somebody’s end', 'x{"type":"CHANNEL_CLOSED"'],
  ])('is opened anew where it can be seen that a frame that nobody can read told %s', (_, text) => {
    const { grant, row, prices, opened, passTo, exchange, wires } = rig();
    grant(WHOLE);
    row('AAPL', 100, 102, 1, 1);
    wires[0]?.receive(text);
    passTo(2_000);
    expect(opened()).toBe(2);
    grant(TURNED);
    row('AAPL', 103, 101, 1, 1);
    expect(prices().at(-1)).toEqual([101, 103]);
    exchange.close();
  });

  it('goes on where that is of another channel', () => {
    const { grant, row, opened, passTo, exchange, wires } = rig();
    grant(WHOLE);
    row('AAPL', 100, 102, 1, 1);
    wires[0]?.receive('{"type":"CHANNEL_CLOSED","channel":7}}');
    row('AAPL', 100, 103, 1, 1);
    passTo(30_000);
    expect(opened()).toBe(1);
    exchange.close();
  });

  it('is opened anew where nothing is heard of it for a while after a frame that nobody can read', () => {
    const { grant, row, opened, passTo, faults, exchange, wires } = rig();
    grant(WHOLE);
    row('AAPL', 100, 102, 1, 1);
    wires[0]?.receive('{"type":"CHANN');
    row('AAPL', 100, 103, 1, 1);
    passTo(15_000);
    expect(opened()).toBe(1);
    wires[0]?.receive('{"type":"CHANN');
    // Of nobody: it says nothing of the fields.
    row('MSFT', 100, 103, 1, 1);
    passTo(24_000);
    expect(opened()).toBe(1);
    passTo(26_000);
    expect(opened()).toBe(2);
    expect(faults.at(-1)?.message).toContain('says nothing since a frame that can’t be read');
    exchange.close();
  });

  it('that brings rows of nobody alone, as by fields that were lost, does not count as heard', () => {
    const { grant, row, prices, opened, passTo, exchange } = rig();
    grant(WHOLE);
    for (let at = 1_000; at <= 120_000; at += 1_000) {
      passTo(at);
      if (opened() === 1) row('UNDEFINED', 100, 102, 1, 1);
    }
    expect(opened()).toBe(2);
    grant(WHOLE);
    row('AAPL', 100, 104, 1, 1);
    expect(prices()).toEqual([[100, 104]]);
    exchange.close();
  });

  // All candles that there are: the venue has more kinds of periods than are known here.
  it('that brings candles of a period that nobody knows tells them to who wants all', () => {
    const { exchange, passTo, say, sent, faults } = dxLinkWire();
    const told: unknown[] = [];
    exchange.events('Candle', '*', { contract: 'STREAM' }).subscribe(({ instrument, close }) => {
      told.push([instrument, close]);
    });
    passTo(100);
    const channel = sent().find(({ type }) => type === 'CHANNEL_REQUEST')?.channel ?? 0;
    say({ type: 'FEED_CONFIG', channel, dataFormat: 'COMPACT', eventFields: { Candle: ['eventSymbol', 'close'] } });
    say({ type: 'FEED_DATA', channel, data: ['Candle', ['AAPL{=2fortnights}', 1, 'MSFT{=d}', 2]] });

    expect([told, faults]).toEqual([
      [
        ['AAPL{=2fortnights}', 1],
        ['MSFT{=d}', 2],
      ],
      [],
    ]);
    exchange.close();
  });

  it('that is not opened twice in a row, while nothing else is heard, ends the session: its rights may be gone', () => {
    const { exchange, passTo, connection, wires } = dxLinkWire({ isMute: true });
    exchange.quotes('AAPL').subscribe();
    passTo(15_000);
    expect(connection.at(-1)).toMatchObject({ status: 'ready' });
    passTo(25_000);
    expect(connection).toContainEqual(expect.objectContaining({ status: 'lost', reason: 'silent' }));
    expect(wires).toHaveLength(2);
    exchange.close();
  });
});
