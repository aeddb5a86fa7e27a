import { type SchedulerLike, VirtualTimeScheduler, asyncScheduler } from 'rxjs';
import type { Dialect, Link, Topic } from '../../../lib/socket/plan.js';
import { Respite } from '../../../lib/venues/kraken/respite.js';
import { KrakenV1Dialect } from '../../../lib/venues/kraken/v1/dialect.js';
import { KrakenDialect } from '../../../lib/venues/kraken/v2/dialect.js';
import { notingLink } from '../../support/notingLink.js';
import { snapshotSeen } from './examples.js';

const respite = new Respite(asyncScheduler);

const topic = (channel: string, symbol: string, params: object = {}, slot?: string): Topic => ({
  key: `${[channel, ...Object.values(params)].join('-')}:${symbol}`,
  group: 'public',
  slot,
  detail: { channel, symbol, params },
});

/** What comes of frames behind the requests for some subscriptions, which have the numbers 1 and 2. */
function heard(
  Made: new (link: Link, scheduler: SchedulerLike, respite: Respite) => Dialect,
  ...frames: readonly string[]
): readonly string[] {
  const { link, noted } = notingLink();
  const dialect = new Made(link satisfies Link, asyncScheduler, respite);
  dialect.subscribe([topic('trade', 'A/B'), topic('trade', 'C/D'), topic('book', 'A/B', { depth: 10 }, 'book:A/B')]);
  for (const frame of frames) dialect.receive(frame);
  return noted;
}

describe('the dialect of Kraken v2', () => {
  it('takes no refusal that passes for the acceptance of the whole request', () => {
    const answer = (id: number, channel: string, symbol: string) =>
      `{"method":"subscribe","result":{"channel":"${channel}","symbol":"${symbol}"},"success":true,"req_id":${id}}`;
    const unavailable =
      '{"error":"Service unavailable","method":"subscribe","success":false,"req_id":2,"symbol":"A/B"}';

    expect(heard(KrakenDialect, answer(1, 'trade', 'A/B'), answer(1, 'trade', 'C/D'), unavailable)).toEqual([
      'confirmed trade:A/B',
      'confirmed trade:C/D',
      'report book-10:A/B: Service unavailable',
    ]);
  });

  it.each([
    ['a heartbeat', '{"channel":"heartbeat"}', []],
    ['a pong', '{"method":"pong","req_id":1,"time_in":"x","time_out":"y"}', []],
    ['that all is well', '{"channel":"status","type":"update","data":[{"system":"online","connection_id":1}]}', []],
    [
      'that it is not',
      '{"channel":"status","type":"update","data":[{"system":"maintenance"}]}',
      ['report system: maintenance'],
    ],
    [
      'an answer',
      '{"method":"subscribe","result":{"channel":"trade","symbol":"A/B"},"success":true,"req_id":1}',
      ['confirmed trade:A/B'],
    ],
    ['an answer to nobody', '{"method":"subscribe","result":{"channel":"trade","symbol":"A/B"},"success":true}', []],
    [
      'a refusal',
      '{"error":"Currency pair not supported A/B","method":"subscribe","success":false,"req_id":1,"symbol":"A/B"}',
      ['rejected trade:A/B Currency pair not supported A/B'],
    ],
    [
      'a refusal that names the symbol in its text only',
      '{"error":"Currency pair not supported A/B","method":"subscribe","success":false,"req_id":1}',
      ['rejected trade:A/B Currency pair not supported A/B'],
    ],
    [
      'a refusal of the only one',
      '{"error":"Subscription depth not supported","method":"subscribe","success":false,"req_id":2}',
      ['rejected book-10:A/B Subscription depth not supported'],
    ],
    [
      'a refusal of a request as a whole',
      '{"error":"Malformed request","method":"subscribe","success":false,"req_id":1}',
      ['refused 1 Malformed request'],
    ],
    [
      'a refusal of nothing of ours',
      '{"error":"Malformed request","method":"subscribe","success":false}',
      ['report Malformed request'],
    ],
    [
      'too many requests, which passes',
      '{"error":"Exceeded msg rate","method":"subscribe","success":false,"req_id":1}',
      ['report Exceeded msg rate'],
    ],
    [
      'that it has it already, without the beginning',
      '{"error":"Already subscribed","method":"subscribe","success":false,"req_id":2,"symbol":"A/B"}',
      ['interrupted book-10:A/B'],
    ],
    [
      'data of a book',
      '{"channel":"book","type":"update","data":[{"symbol":"A/B","bids":[],"asks":[{"price":1.50,"qty":0.10}],"checksum":7}]}',
      [
        'deliver book-10:A/B {"channel":"book","type":"update","data":[{"symbol":"A/B","bids":[],"asks":[["1.50","0.10"]],"checksum":7}]}',
      ],
    ],
    [
      'data of two symbols',
      '{"channel":"trade","type":"update","data":[{"symbol":"A/B","qty":1.0},{"symbol":"C/D"},{"symbol":"A/B","qty":2.50}]}',
      [
        'deliver trade:A/B {"channel":"trade","type":"update","data":[{"symbol":"A/B","qty":"1.0"},{"symbol":"A/B","qty":"2.50"}]}',
        'deliver trade:C/D {"channel":"trade","type":"update","data":[{"symbol":"C/D"}]}',
      ],
    ],
    [
      'candles',
      '{"channel":"ohlc","type":"update","data":[{"symbol":"A/B","interval":5}]}',
      ['deliver ohlc-5:A/B {"channel":"ohlc","type":"update","data":[{"symbol":"A/B","interval":5}]}'],
    ],
    ['a book that nobody asked for', '{"channel":"book","type":"update","data":[{"symbol":"E/F"}]}', []],
  ])('reads %s', (_, frame, told) => {
    expect(heard(KrakenDialect, frame)).toEqual(told);
  });

  it.each([
    '{}',
    '17',
    '[]',
    '',
    '{"channel":"book"}',
    '{"channel":"book","data":[1]}',
    '{"channel":"book","data":[{}]}',
  ])('says of %s that it can’t be read', (frame) => {
    expect(() => heard(KrakenDialect, frame)).toThrow();
  });

  it('asks for the symbols of a channel in one message, and accepts when all are answered', () => {
    const { link, noted } = notingLink();
    const dialect = new KrakenDialect(link, asyncScheduler, respite);
    const topics = [topic('trade', 'A/B'), topic('book', 'A/B', { depth: 25 }), topic('trade', 'C/D')];

    expect(dialect.subscribe(topics)).toEqual({
      id: '1',
      text: '{"method":"subscribe","params":{"channel":"trade","symbol":["A/B","C/D"]},"req_id":1}',
      more: ['{"method":"subscribe","params":{"channel":"book","symbol":["A/B"],"depth":25},"req_id":2}'],
    });
    dialect.receive('{"method":"subscribe","result":{"symbol":"C/D"},"success":true,"req_id":1}');
    dialect.receive('{"method":"subscribe","result":{"symbol":"A/B"},"success":true,"req_id":2}');
    dialect.receive('{"method":"subscribe","result":{"symbol":"A/B"},"success":true,"req_id":1}');

    expect(noted).toEqual(['confirmed trade:C/D', 'confirmed book-25:A/B', 'confirmed trade:A/B', 'accepted 1']);
    expect(dialect.probe()).toBe('{"method":"ping","req_id":3}');
  });

  it('has frames of a book belong to nobody while the venue ends another depth of it', () => {
    const { link, noted } = notingLink();
    const dialect = new KrakenDialect(link, asyncScheduler, respite);
    const book = (depth: number): Topic => topic('book', 'ETH/USD', { depth }, 'book:ETH/USD');
    dialect.subscribe([book(10)]);
    dialect.receive(snapshotSeen);
    dialect.unsubscribe([book(10)]);
    dialect.subscribe([book(25)]);

    dialect.receive(snapshotSeen);
    dialect.receive('{"method":"unsubscribe","result":{"symbol":"ETH/USD"},"success":true,"req_id":2}');
    dialect.receive(snapshotSeen);

    expect(noted.map((one) => one.split(' ').slice(0, 2).join(' '))).toEqual([
      'deliver book-10:ETH/USD',
      'accepted 2',
      'deliver book-25:ETH/USD',
    ]);
  });

  it.each([
    ['names its depth', '"channel":"book","symbol":"ETH/USD","depth":25', 'interrupted book-25:ETH/USD'],
    [
      'names a depth that is being ended',
      '"channel":"book","symbol":"ETH/USD","depth":10',
      'interrupted book-10:ETH/USD',
    ],
    ['names none', '"channel":"book","symbol":"ETH/USD"', 'interrupted book-25:ETH/USD'],
    ['is of candles', '"channel":"ohlc","symbol":"ETH/USD","interval":5', 'interrupted ohlc-5:ETH/USD'],
    ['is of trades', '"channel":"trade","symbol":"ETH/USD"', 'interrupted trade:ETH/USD'],
  ])('hears an end that nobody asked for while another depth is being ended, where it %s', (_, result, told) => {
    const { link, noted } = notingLink();
    const dialect = new KrakenDialect(link, asyncScheduler, respite);
    const book = (depth: number): Topic => topic('book', 'ETH/USD', { depth }, 'book:ETH/USD');
    dialect.subscribe([book(10)]);
    dialect.unsubscribe([book(10)]);
    dialect.subscribe([book(25)]);

    dialect.receive(`{"method":"unsubscribe","result":{${result}},"success":true}`);

    expect(noted).toEqual([told]);
  });

  it('ends a depth once more where the next one is answered first, and begins that one anew', () => {
    const { link, noted } = notingLink();
    const dialect = new KrakenDialect(link, asyncScheduler, respite);
    const book = (depth: number): Topic => topic('book', 'ETH/USD', { depth }, 'book:ETH/USD');
    const answered = (method: string, id: number): void => {
      dialect.receive(`{"method":"${method}","result":{"symbol":"ETH/USD"},"success":true,"req_id":${id}}`);
    };
    dialect.subscribe([book(1_000)]);
    answered('subscribe', 1);
    dialect.unsubscribe([book(1_000)]);
    dialect.subscribe([book(25)]);

    // The end, or the answer to it, was lost: a frame may be of either depth.
    answered('subscribe', 3);
    dialect.receive(snapshotSeen);
    answered('unsubscribe', 4);
    dialect.receive(snapshotSeen);

    expect(noted.map((one) => one.split(' ').slice(0, 2).join(' '))).toEqual([
      'confirmed book-1000:ETH/USD',
      'accepted 1',
      'send {"method":"unsubscribe","params":{"channel":"book","symbol":["ETH/USD"],"depth":1000},"req_id":4}',
      'confirmed book-25:ETH/USD',
      'accepted 3',
      'interrupted book-25:ETH/USD',
      'accepted 2',
      'deliver book-25:ETH/USD',
    ]);
  });

  it.each([
    ['by its symbol', '"symbol":"ETH/USD",'],
    ['without one', ''],
  ])(
    'keeps the seat of a depth whose end is refused for now, %s, and ends it with what is requested next',
    (_, named) => {
      const { link, noted } = notingLink();
      const dialect = new KrakenDialect(link, asyncScheduler, respite);
      const book = (depth: number): Topic => topic('book', 'ETH/USD', { depth }, 'book:ETH/USD');
      const answered = (method: string, id: number): void => {
        dialect.receive(`{"method":"${method}","result":{"symbol":"ETH/USD"},"success":true,"req_id":${id}}`);
      };
      const refused = (id: number): void => {
        dialect.receive(`{"method":"unsubscribe",${named}"error":"Exceeded msg rate","success":false,"req_id":${id}}`);
      };
      const end = '{"method":"unsubscribe","params":{"channel":"book","symbol":["ETH/USD"],"depth":10},"req_id":';
      dialect.subscribe([book(10)]);
      answered('subscribe', 1);
      dialect.unsubscribe([book(10)]);
      refused(2);
      const { text, more = [] } = dialect.subscribe([book(25)]);
      expect([text, ...more].map((one) => String(one).slice(0, 23))).toEqual([
        '{"method":"unsubscribe"',
        '{"method":"subscribe","',
      ]);

      // What comes may be of the ten levels that are told still.
      dialect.receive(snapshotSeen);
      refused(3);
      dialect.receive(snapshotSeen);
      answered('subscribe', 4);
      answered('unsubscribe', 5);
      dialect.receive(snapshotSeen);

      expect(noted.map((one) => (one.startsWith('send') ? one : one.split(' ').slice(0, 2).join(' ')))).toEqual([
        'confirmed book-10:ETH/USD',
        'accepted 1',
        'report book-10:ETH/USD:',
        'accepted 2',
        'report book-10:ETH/USD:',
        `send ${end}5}`,
        'confirmed book-25:ETH/USD',
        'accepted 3',
        'interrupted book-25:ETH/USD',
        'deliver book-25:ETH/USD',
      ]);
    },
  );

  it('takes the refusal of an earlier request for none of what was asked for again since', () => {
    const { link, noted } = notingLink();
    const dialect = new KrakenDialect(link, asyncScheduler, respite);
    for (let times = 0; times < 2; times += 1) dialect.subscribe([topic('trade', 'A/B')]);
    for (const id of [1, 2]) {
      dialect.receive(`{"method":"subscribe","error":"Malformed","success":false,"symbol":"A/B","req_id":${id}}`);
    }
    expect(noted).toEqual(['report trade:A/B: Malformed', 'accepted 1', 'rejected trade:A/B Malformed', 'accepted 2']);
  });

  it('ends all of a request that is refused for now as a whole', () => {
    const { link, noted } = notingLink();
    const dialect = new KrakenDialect(link, asyncScheduler, respite);
    const both = [topic('trade', 'A/B'), topic('trade', 'C/D')];
    dialect.subscribe([...both, topic('trade', 'E/F')]);
    dialect.unsubscribe(both);
    dialect.receive('{"method":"unsubscribe","error":"Exceeded msg rate","success":false,"req_id":2}');
    const { text, more } = dialect.unsubscribe([topic('trade', 'E/F')]);
    expect([text, ...(more ?? [])]).toEqual([
      '{"method":"unsubscribe","params":{"channel":"trade","symbol":["A/B","C/D"]},"req_id":3}',
      '{"method":"unsubscribe","params":{"channel":"trade","symbol":["E/F"]},"req_id":4}',
    ]);
    expect(noted).toEqual(['report Exceeded msg rate']);
  });

  it('says no end again of what is wanted again', () => {
    const { link } = notingLink();
    const dialect = new KrakenDialect(link, asyncScheduler, respite);
    dialect.subscribe([topic('trade', 'A/B')]);
    dialect.unsubscribe([topic('trade', 'A/B')]);
    dialect.subscribe([topic('trade', 'A/B')]);
    dialect.receive('{"method":"unsubscribe","error":"Exceeded msg rate","success":false,"req_id":2}');
    dialect.receive('{"method":"subscribe","error":"Already subscribed","success":false,"req_id":3}');
    const { text, more } = dialect.unsubscribe([topic('trade', 'A/B')]);
    expect([text, ...(more ?? [])]).toEqual([
      '{"method":"unsubscribe","params":{"channel":"trade","symbol":["A/B"]},"req_id":4}',
    ]);
  });

  it.each([
    ['after', [2, 3]],
    ['before', [3, 2]],
  ] as const)('ends what it would not end for now %s it is refused when it is wanted again', (_, order) => {
    const { link, noted } = notingLink();
    const dialect = new KrakenDialect(link, asyncScheduler, respite);
    const book = (depth: number): Topic => topic('book', 'ETH/USD', { depth }, 'book:ETH/USD');
    const answers = {
      2: '{"method":"unsubscribe","error":"Exceeded msg rate","success":false,"symbol":"ETH/USD","req_id":2}',
      3: '{"method":"subscribe","error":"Malformed request","success":false,"symbol":"ETH/USD","req_id":3}',
    };
    dialect.subscribe([book(25)]);
    dialect.receive('{"method":"subscribe","result":{"symbol":"ETH/USD"},"success":true,"req_id":1}');
    dialect.unsubscribe([book(25)]);
    dialect.subscribe([book(25)]);
    for (const id of order) dialect.receive(answers[id]);
    const { text, more } = dialect.subscribe([book(10)]);
    expect([text, ...(more ?? [])]).toEqual([
      '{"method":"unsubscribe","params":{"channel":"book","symbol":["ETH/USD"],"depth":25},"req_id":4}',
      '{"method":"subscribe","params":{"channel":"book","symbol":["ETH/USD"],"depth":10},"req_id":5}',
    ]);
    noted.length = 0;
    dialect.receive('{"method":"unsubscribe","result":{"symbol":"ETH/USD"},"success":true,"req_id":4}');
    dialect.receive('{"method":"subscribe","result":{"symbol":"ETH/USD"},"success":true,"req_id":5}');
    dialect.receive(snapshotSeen);
    expect(noted.at(-1)).toMatch(/^deliver book-10:ETH\/USD/);
  });

  it('tells a depth nothing before all ends of another one are answered', () => {
    const { link, noted } = notingLink();
    const dialect = new KrakenDialect(link, asyncScheduler, respite);
    const book = (depth: number): Topic => topic('book', 'ETH/USD', { depth }, 'book:ETH/USD');
    for (let times = 0; times < 2; times += 1) {
      dialect.subscribe([book(10)]);
      dialect.unsubscribe([book(10)]);
    }
    dialect.subscribe([book(25)]);
    dialect.receive('{"method":"unsubscribe","result":{"symbol":"ETH/USD"},"success":true,"req_id":2}');
    dialect.receive(snapshotSeen);
    expect(noted).toEqual(['accepted 2']);
    dialect.receive('{"method":"unsubscribe","result":{"symbol":"ETH/USD"},"success":true,"req_id":4}');
    dialect.receive(snapshotSeen);
    expect(noted.at(-1)).toMatch(/^deliver book-25:ETH\/USD/);
  });

  it.each([
    ['a later end', [10, -10, 25, -25, 25], 1],
    ['the end of what is wanted again', [25, -25, 10, -10, 25], 3],
  ])('says not again, on a late answer to what was left, %s', (_, asked, answered) => {
    const { link, noted } = notingLink();
    const dialect = new KrakenDialect(link, asyncScheduler, respite);
    for (const depth of asked) {
      const book = topic('book', 'ETH/USD', { depth: Math.abs(depth) }, 'book:ETH/USD');
      if (depth > 0) dialect.subscribe([book]);
      else dialect.unsubscribe([book]);
    }
    dialect.receive(`{"method":"subscribe","result":{"symbol":"ETH/USD"},"success":true,"req_id":${answered}}`);
    expect(noted.filter((one) => one.startsWith('send'))).toEqual([]);
  });

  it.each([
    ['the answer to its end said again was lost', []],
    [
      'the venue had ended it',
      ['{"method":"unsubscribe","error":"Subscription Not Found","success":false,"req_id":4}'],
    ],
  ])('ends a depth again and again until it is answered, and only then tells who has its seat: %s', (_, answers) => {
    const { link, noted } = notingLink();
    const time = new VirtualTimeScheduler();
    const dialect = new KrakenDialect(link, time, respite);
    const book = (depth: number): Topic => topic('book', 'ETH/USD', { depth }, 'book:ETH/USD');
    const passed = dialect.alongside().subscribe();
    const pass = (ms: number): void => {
      time.maxFrames = time.frame + ms;
      time.flush();
    };
    dialect.subscribe([book(25)]);
    dialect.unsubscribe([book(25)]);
    dialect.subscribe([book(10)]);
    dialect.receive('{"method":"subscribe","result":{"symbol":"ETH/USD"},"success":true,"req_id":3}');
    for (const answer of answers) dialect.receive(answer);
    noted.length = 0;

    pass(25_000);
    expect(noted.filter((one) => one.startsWith('send'))).toHaveLength(answers.length === 0 ? 1 : 0);
    if (answers.length === 0)
      dialect.receive('{"method":"unsubscribe","result":{"symbol":"ETH/USD"},"success":true,"req_id":5}');
    dialect.receive(snapshotSeen);
    expect(noted.at(-1)).toMatch(/^deliver book-10:ETH\/USD/);

    noted.length = 0;
    pass(60_000);
    expect(noted).toEqual([]);
    passed.unsubscribe();
  });

  it('takes the late answer to a request from before an end for no confirmation of what is requested again', () => {
    const { link, noted } = notingLink();
    const dialect = new KrakenDialect(link, asyncScheduler, respite);
    const trades = topic('trade', 'A/B');
    const answer = (method: string, id: number): void => {
      dialect.receive(`{"method":"${method}","result":{"symbol":"A/B"},"success":true,"req_id":${id}}`);
    };
    dialect.subscribe([trades]);
    dialect.unsubscribe([trades]);
    for (let times = 0; times < 2; times += 1) dialect.subscribe([trades]);
    answer('subscribe', 1);
    answer('unsubscribe', 2);
    expect(noted).toEqual(['accepted 1', 'accepted 2']);

    // Either of those that were requested since.
    answer('subscribe', 3);
    expect(noted.slice(2)).toEqual(['confirmed trade:A/B', 'accepted 3']);
  });

  it('ends a depth that it would not end for now, though nothing else is requested', () => {
    const { link, noted } = notingLink();
    const time = new VirtualTimeScheduler();
    const dialect = new KrakenDialect(link, time, respite);
    const book = (depth: number): Topic => topic('book', 'ETH/USD', { depth }, 'book:ETH/USD');
    const end = '{"method":"unsubscribe","params":{"channel":"book","symbol":["ETH/USD"],"depth":25},"req_id":';
    const passed = dialect.alongside().subscribe();
    const pass = (ms: number): void => {
      time.maxFrames = time.frame + ms;
      time.flush();
    };
    const refuse = (id: number): void => {
      dialect.receive(`{"method":"unsubscribe","error":"Exceeded msg rate","success":false,"req_id":${id}}`);
    };
    dialect.subscribe([book(25)]);
    dialect.unsubscribe([book(25)]);
    dialect.subscribe([book(10)]);
    refuse(2);
    dialect.receive('{"method":"subscribe","result":{"symbol":"ETH/USD"},"success":true,"req_id":3}');
    refuse(4);
    pass(15_000);
    refuse(5);
    pass(10_000);
    expect(noted.filter((one) => one.startsWith('send'))).toEqual([4, 5, 6].map((id) => `send ${end}${id}}`));
    dialect.receive('{"method":"unsubscribe","result":{"symbol":"ETH/USD"},"success":true,"req_id":6}');
    expect(noted.at(-1)).toBe('interrupted book-10:ETH/USD');
    dialect.receive(snapshotSeen);
    expect(noted.at(-1)).toMatch(/^deliver book-10:ETH\/USD/);

    noted.length = 0;
    pass(60_000);
    expect(noted).toEqual([]);
    passed.unsubscribe();
  });

  it('has a refused end of several depths over, since nothing else would be told of them', () => {
    const { link, noted } = notingLink();
    const dialect = new KrakenDialect(link, asyncScheduler, respite);
    const book = (symbol: string, depth: number): Topic => topic('book', symbol, { depth }, `book:${symbol}`);
    dialect.subscribe([book('ETH/USD', 10), book('A/B', 10)]);
    dialect.unsubscribe([book('ETH/USD', 10), book('A/B', 10)]);
    dialect.subscribe([book('ETH/USD', 25)]);

    dialect.receive('{"method":"unsubscribe","error":"Malformed request","success":false,"req_id":2}');
    dialect.receive(snapshotSeen);

    expect(noted.map((one) => one.split(' ').slice(0, 2).join(' '))).toEqual([
      'report Malformed',
      'deliver book-25:ETH/USD',
    ]);
  });
});

describe('the dialect of Kraken v1', () => {
  it.each([
    ['a heartbeat', '{"event":"heartbeat"}', []],
    ['a pong', '{"event":"pong","reqid":42}', []],
    ['that all is well', '{"connectionID":1,"event":"systemStatus","status":"online","version":"1.8.3"}', []],
    ['that it is not', '{"event":"systemStatus","status":"cancel_only"}', ['report system: cancel_only']],
    [
      'an answer',
      '{"channelID":1,"channelName":"trade","event":"subscriptionStatus","pair":"A/B","reqid":1,"status":"subscribed"}',
      ['confirmed trade:A/B'],
    ],
    [
      'a refusal',
      '{"errorMessage":"Currency pair not supported","event":"subscriptionStatus","pair":"A/B","reqid":1,"status":"error"}',
      ['rejected trade:A/B Currency pair not supported'],
    ],
    ['another error', '{"errorMessage":"Malformed request","event":"error"}', ['report Malformed request']],
    [
      'a book of two blocks',
      '[1,{"a":[["2","1","1"]]},{"b":[["2","0","1"]],"c":"7"},"book-10","A/B"]',
      ['deliver book-10:A/B {"a":[["2","1","1"]],"b":[["2","0","1"]],"c":"7"}'],
    ],
    [
      'a side in both blocks, in order',
      '[1,{"b":[["2","1","1"]]},{"b":[["2","0","1"]],"c":"7"},"book-10","A/B"]',
      ['deliver book-10:A/B {"b":[["2","1","1"],["2","0","1"]],"c":"7"}'],
    ],
    ['trades', '[1,[["1"]],"trade","A/B"]', ['deliver trade:A/B {"trades":[["1"]]}']],
    ['candles', '[1,["1"],"ohlc-5","A/B"]', ['deliver ohlc-5:A/B {"candle":["1"]}']],
    ['quotes', '[1,["1"],"spread","A/B"]', ['deliver spread:A/B {"spread":["1"]}']],
  ])('reads %s', (_, frame, told) => {
    expect(heard(KrakenV1Dialect, frame)).toEqual(told);
  });

  it.each(['{}', '17', '[]', '', '[1,{},"A/B"]', '[1,{},1,"A/B"]', '[1,7,"book-10","A/B"]', '{"event":"x"}'])(
    'says of %s that it can’t be read',
    (frame) => {
      expect(() => heard(KrakenV1Dialect, frame)).toThrow();
    },
  );

  it('names what it subscribes, and ends the same', () => {
    const dialect = new KrakenV1Dialect(notingLink().link, asyncScheduler, respite);
    const topics = [topic('book', 'A/B', { depth: 25 }), topic('book', 'C/D', { depth: 25 })];

    expect(dialect.subscribe(topics)).toEqual({
      id: '1',
      text: '{"event":"subscribe","reqid":1,"pair":["A/B","C/D"],"subscription":{"name":"book","depth":25}}',
      more: [],
    });
    expect(dialect.unsubscribe(topics).text).toBe(
      '{"event":"unsubscribe","reqid":2,"pair":["A/B","C/D"],"subscription":{"name":"book","depth":25}}',
    );
    expect(dialect.probe()).toBe('{"event":"ping","reqid":3}');
  });
});
