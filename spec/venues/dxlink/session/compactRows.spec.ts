import fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import { parseLossless } from '../../../../lib/codec/losslessJson.js';
import { type DxLinkEventType, requestedFields } from '../../../../lib/venues/dxlink/eventTypes.js';
import { eventReader } from '../../../../lib/venues/dxlink/market/eventChannel.js';
import { layoutOf } from '../../../../lib/venues/dxlink/session/compactLayout.js';
import { CompactRows } from '../../../../lib/venues/dxlink/session/compactRows.js';
import { fieldName, readFeedData } from '../../../../lib/venues/dxlink/session/feedData.js';

const RUNS = Number(process.env['MUTATIONS'] ?? 2_000);
const AT = 1_750_000_000_000;
const TYPES = ['Quote', 'Trade', 'Order', 'AnalyticOrder', 'TimeAndSale', 'Candle', 'Greeks', 'Profile'] as const;
type Grants = Readonly<Record<string, readonly string[]>>;

const asked: Grants = Object.fromEntries(TYPES.map((type) => [type, requestedFields(type)]));
/** What is written of an event where what is absent stands for what the venue has not. */
const present = (event: object): object =>
  Object.fromEntries(Object.entries(event).filter(([, value]) => value !== undefined));

/** What the ordinary way reads of a text; a string where it reads anything but events. */
function ordinary(text: string, grants: Grants): unknown {
  const events: unknown[] = [];
  let wrong: string | undefined;
  const fail = (why: string): void => {
    wrong ??= why;
  };
  try {
    const frame = parseLossless(text) as { readonly channel: number; readonly data: unknown };
    readFeedData(
      frame.data,
      (type) => grants[type]?.map(fieldName),
      ({ type, values }) => {
        const result = eventReader(type as DxLinkEventType)(values, AT);
        if (result._tag === 'Left' || values['eventSymbol'] === '') fail('refused');
        else events.push(present(result.right));
      },
      fail,
    );
    return wrong ?? { channel: frame.channel, events };
  } catch (error) {
    return String(error);
  }
}

/** What is read of the text itself; `undefined` where that is left to the ordinary way. */
function scanned(rows: CompactRows, text: string, grants: Grants): unknown {
  const channel = rows.channelOf(text);
  const layouts = new Map(
    Object.entries(grants).map(([type, fields]) => [type, layoutOf(type, fields.map(fieldName))]),
  );
  const events = channel < 0 ? undefined : rows.eventsOf(text, (type) => layouts.get(type));
  return events && { channel, events: events.map((read) => present(read.received(AT))) };
}

/** As a cell may be written: numbers of all kinds, texts, and what stands for nothing. */
const cell = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom('0', '-0', '1', '"NaN"', 'null', 'true', '"BUY"', '"Sell"', '"undefined"', '""'),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom('"\\u0000"', '"a\\"b\\\\"', '1e3', '1E400', '-2.5e-7', '007', '0.', '"12"', '"-"'),
  },
  fc.integer().map(String),
  fc.bigInt(-(2n ** 64n), 2n ** 64n).map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.integer({ min: -1e9, max: 1e9 }).map((n) => (n / 1_000).toFixed(4)),
  fc.string({ unit: 'binary', maxLength: 20 }).map((text) => JSON.stringify(text)),
);
/** What the kind of its field is nearly always written as, so that whole rows are read. */
function usual(field: string): fc.Arbitrary<string> {
  if (field === 'eventSymbol') return fc.constantFrom('"AAPL"', '"AAPL{=m}"', '"/ESM25:XCME"');
  if (/Restricted|Hours|Leg|Tick$/.test(field) && field !== 'tickDirection')
    return fc.constantFrom('true', 'false', 'null');
  if (field === 'orderSide') return fc.constantFrom('"BUY"', '"SELL"', '"Undefined"', 'null');
  if (/index|Id$/.test(field)) return fc.constantFrom('12', '22047776527351941', '"18446744073709551615"', '0', 'null');
  if (/Code|Exempt/.test(field)) return fc.constantFrom('"Q"', '"\\u0000"', '""', 'null');
  if (
    /^[a-z]*(?:Side|Type|Direction|Conditions|Restriction|Status|Reason)$|^(?:action|scope|source|type|buyer|seller)$|description|marketMaker/.test(
      field,
    )
  )
    return fc.constantFrom('"NTV"', '"ORDER"', '"a longer text of so many letters"', '"undefined"', 'null');
  return fc.constantFrom(
    '0',
    '17',
    '-1.25',
    '1000.07',
    '0.30000000000000004',
    '"NaN"',
    '1750000000000',
    '1e-7',
    'null',
  );
}

const rowOf = (fields: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(...fields.map((field) => fc.oneof({ weight: 60, arbitrary: usual(field) }, cell)))
    .map((cells) => cells.join());
const partOf = (type: string, fields: readonly string[]): fc.Arbitrary<string> =>
  fc.array(rowOf(fields), { minLength: 1, maxLength: 3 }).map((rows) => `"${type}",[${rows.join()}]`);
const frameOf = (parts: readonly string[]): string => `{"type":"FEED_DATA","channel":3,"data":[${parts.join()}]}`;

describe('rows of COMPACT, read of their text', () => {
  it('are the events that the codec makes of the parsed ones, or are left to it', () => {
    const rows = new CompactRows();
    let read = 0;
    const frames = fc.array(
      fc.constantFrom(...TYPES).chain((type) => partOf(type, asked[type] ?? [])),
      { minLength: 1, maxLength: 2 },
    );
    fc.assert(
      fc.property(frames.map(frameOf), (text) => {
        const result = scanned(rows, text, asked);
        if (result === undefined) return true;
        read += 1;
        return isDeepStrictEqual(result, ordinary(text, asked));
      }),
      { numRuns: RUNS },
    );

    expect(read).toBeGreaterThan(RUNS / 2);
  });

  it('are so where columns are left out, and not read so where they come in another order', () => {
    const rows = new CompactRows();
    const wanted = requestedFields('Candle');
    let read = 0;
    const granted = fc
      .subarray(wanted.slice(1), { minLength: 1 })
      .chain((fields) =>
        fc.tuple(fc.constant(['eventSymbol', ...fields]), partOf('Candle', ['eventSymbol', ...fields])),
      );
    fc.assert(
      fc.property(granted, ([Candle, part]) => {
        const text = frameOf([part]);
        const result = scanned(rows, text, { Candle });
        if (result !== undefined) read += 1;
        return result === undefined || isDeepStrictEqual(result, ordinary(text, { Candle }));
      }),
      { numRuns: RUNS / 4 },
    );

    expect(read).toBeGreaterThan(RUNS / 16);
    expect(layoutOf('Candle', ['eventSymbol', 'index', 'eventFlags'])).toBeUndefined();
    expect(layoutOf('Candle', ['index', 'eventSymbol'])).toBeUndefined();
    expect(layoutOf('Candle', ['eventSymbol', 'index', 'eventTime'])).toBeUndefined();
    expect(layoutOf('Surprise', ['eventSymbol'])).toBeUndefined();
  });

  it('are left to it, or read the same, wherever a text was tampered with', () => {
    const rows = new CompactRows();
    const frames = fc
      .constantFrom(...TYPES)
      .chain((type) => partOf(type, asked[type] ?? []).map((part) => frameOf([part])));
    const change = fc.tuple(
      fc.nat(2_000),
      fc.nat(2),
      fc.constantFrom('', ',', ']', '"', '\\', '0', '-', '.', 'e1', ' ', '[', '{', '}', '\n', 'x', 'null'),
    );
    fc.assert(
      fc.property(frames, fc.array(change, { minLength: 1, maxLength: 2 }), (frame, changes) => {
        const text = changes.reduce((before, [at, cut, put]) => {
          const place = at % before.length;
          return before.slice(0, place) + put + before.slice(place + cut);
        }, frame);
        const result = scanned(rows, text, asked);
        return result === undefined || isDeepStrictEqual(result, ordinary(text, asked));
      }),
      { numRuns: RUNS },
    );
  });

  it('are none in a text that is cut off, wherever that is', () => {
    const frames = fc.constantFrom(...TYPES).chain((type) => partOf(type, asked[type] ?? []).map((part) => [part]));
    fc.assert(
      fc.property(frames, (parts) => {
        const [rows, frame] = [new CompactRows(), frameOf(parts)];
        // What was read before is remembered.
        scanned(rows, frame, asked);
        for (let end = 0; end < frame.length; end++) {
          expect([end, scanned(rows, frame.slice(0, end), asked)]).toEqual([end, undefined]);
        }
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    ['a text that is cut off', `{"type":"FEED_DATA","channel":3,"data":["Quote",["AAPL",1`],
    ['another type of frame', '{"type":"FEED_CONFIG","channel":3}'],
    ['a row without a symbol', frameOf([`"Quote",["",0,0,0,"",1,1,0,"",2,1]`])],
    ['a type that nobody knows', frameOf(['"Surprise",["AAPL"]'])],
    ['no rows', frameOf(['"Quote",[]'])],
    ['half a row', frameOf([`"Quote",["AAPL",0,0,0,"",1,1,0,"",2,1,"AAPL",0]`])],
    ['objects', frameOf(['{"eventType":"Quote","eventSymbol":"AAPL"}'])],
  ])('are none in %s', (_, text) => {
    expect(scanned(new CompactRows(), text, asked)).toBeUndefined();
  });
});
