import { Observable, Subject, of } from 'rxjs';
import type { Network, Wire } from '../../../lib/network/network.js';
import {
  type TradestationStreamRequest,
  httpTransport,
  plainCodec,
  tradestation,
  webSocketTransport,
} from '../../../lib/venues/tradestation/index.js';
import { quotes, transcript } from './examples.js';
import { answered, rig } from './rig.js';

/** What each side said on one stream, in order; borders of chunks are not borders of lines. */
const saidBy = (side: '>' | '<', stream: 'Q' | 'P'): readonly string[] =>
  transcript
    .filter((line) => line.startsWith(`${side} ${stream} `))
    .map((line) => line.slice(4).replace('|', ''))
    .filter((line) => side === '>' || line.startsWith('{'));

it('the transcript comes out as it says: two streams, a token renewed beside them, both announced ends, the same again', () => {
  const tokens = ['AT1', 'AT2'];
  const { exchange, pass, hear, newest, requests, streams } = rig({
    login: { clientId: 'ID', refreshToken: 'RT1' },
    answer: () => answered({ access_token: tokens.shift(), token_type: 'Bearer', expires_in: 1_200 }),
  });
  const quoted = hear(exchange.quotes(['AAPL', 'MSFT']));
  const positions = hear(exchange.positions(['123456782']));
  pass(0);
  expect(requests).toMatchObject([
    {
      method: 'POST',
      url: 'https://signin.tradestation.com/oauth/token',
      body: 'grant_type=refresh_token&client_id=ID&refresh_token=RT1',
    },
  ]);
  const asked = (): readonly string[] =>
    streams.map(({ request: { path, query }, token }) => {
      const pairs = Object.entries(query).map(([name, value]) => `${name}=${value}`);
      return `GET ${path}${pairs.length === 0 ? '' : `?${pairs.join('&')}`} ${token}`;
    });
  const wanted = (stream: 'Q' | 'P'): readonly string[] =>
    saidBy('>', stream).map((line) => line.replace(/ {2}Authorization: Bearer (\w+).*/, ' $1'));
  expect([...asked()].sort()).toEqual([wanted('Q')[0], wanted('P')[0]].sort());

  const [first, second] = [saidBy('<', 'Q'), saidBy('<', 'P')].map((lines) => {
    const end = lines.findIndex((line) => line.includes('GoAway'));
    return [lines.slice(0, end), lines.slice(end, end + 1), lines.slice(end + 1)] as const;
  });
  newest('quotes').say(...(first?.[0] ?? []));
  newest('positions').say(...(second?.[0] ?? []));
  // Fifteen minutes on: a timer at the token's end less five minutes.
  for (let passed = 0; passed < 905_000; passed += 5_000) {
    pass(5_000);
    newest('quotes').say('{"Heartbeat":1,"Timestamp":"2026-05-04T14:30:14Z"}');
    newest('positions').say('{"Heartbeat":1,"Timestamp":"2026-05-04T14:30:14Z"}');
  }
  expect([requests.length, streams.length]).toEqual([2, 2]);
  newest('positions').say(...(second?.[1] ?? []));
  newest('quotes').say(...(first?.[1] ?? []));
  pass(1_000);
  expect([...asked()].sort()).toEqual([...wanted('Q'), ...wanted('P')].sort());
  newest('quotes').say(...(first?.[2] ?? []));
  newest('positions').say(...(second?.[2] ?? []));

  expect(quoted.values.map(({ instrument, last, ask, volume }) => [instrument, last, ask?.price, volume])).toEqual([
    ['AAPL', 227.4, 227.41, 18200311],
    ['MSFT', 411.05, 411.08, 9100200],
    ['AAPL', 227.41, 227.41, 18200411],
    ['MSFT', 411.05, 411.07, 9100200],
    ['AAPL', 227.8, 227.81, 19004100],
  ]);
  expect(
    positions.values.map((state) =>
      state.status === 'live' ? [...state.value.values()].map(({ last }) => last) : state.status,
    ),
  ).toEqual(['syncing', [411.05], [411.1], 'stale', [411.6]]);
});

it('a frame of a socket that its codec can not read is told, and what it may have told is asked for anew', () => {
  const sockets: { readonly sent: string[]; readonly messages: Subject<string> }[] = [];
  const network: Network = {
    request: () => of(),
    open: () =>
      new Observable<Wire>((subscriber) => {
        const socket = { sent: [] as string[], messages: new Subject<string>() };
        sockets.push(socket);
        subscriber.next({ messages: socket.messages, send: (text) => socket.sent.push(text), close: () => undefined });
      }),
  };
  const { scheduler, pass } = rig();
  const exchange = tradestation({
    network,
    scheduler,
    random: () => 0.5,
    login: () => [{ value: 'AT1', expiresAt: Infinity }],
    transport: webSocketTransport({ url: 'wss://acme.example/stream', codec: plainCodec }),
  });
  const faults: string[] = [];
  exchange.faults$.subscribe(({ type }) => faults.push(type));
  const seen: (number | undefined)[] = [];
  const watching = exchange.quote('MSFT').subscribe(({ last }) => seen.push(last));
  pass(0);
  const say = (id: string, line = ''): void => sockets.at(-1)?.messages.next(`{"id":"${id}","data":${line}}`);
  say('s1', quotes[0]);
  say('s9', quotes[3]);
  sockets.at(-1)?.messages.next('{"id":"s1","da');
  pass(1_000);
  say('s2', quotes[0]);
  // Of no stream at all: it may have been of this one.
  sockets.at(-1)?.messages.next('{"id":["s2"],"data":{"Heartbeat":1}}');
  pass(5_000);
  watching.unsubscribe();
  pass(2_000);

  expect(faults).toEqual(['decode', 'decode']);
  expect(seen).toEqual([212.85, 212.85]);
  expect(sockets.map(({ sent }) => sent)).toEqual([
    [
      '{"action":"subscribe","id":"s1","stream":"quotes","params":{"symbols":["MSFT"]}}',
      '{"action":"unsubscribe","id":"s1"}',
    ],
    [
      '{"action":"subscribe","id":"s2","stream":"quotes","params":{"symbols":["MSFT"]}}',
      '{"action":"unsubscribe","id":"s2"}',
    ],
    [
      '{"action":"subscribe","id":"s3","stream":"quotes","params":{"symbols":["MSFT"]}}',
      '{"action":"unsubscribe","id":"s3"}',
    ],
  ]);
  exchange.close();
});

it('asks by HTTP in the words of the venue', () => {
  const asked: unknown[] = [];
  const network: Network = {
    request: () => of(),
    open: (endpoint) => {
      asked.push(endpoint);
      return of();
    },
  };
  const request: TradestationStreamRequest = {
    key: 'k',
    resource: 'quotes',
    stream: 'quotes',
    path: '/v3/x/%24SPX.X',
    query: { 'legs[0].Symbol': 'A 1' },
    accept: 'a/b',
    params: {},
  };
  httpTransport(request, { network, baseUrl: 'https://api.tradestation.com', token: 'T' }).subscribe();
  expect(asked).toEqual([
    {
      url: 'https://api.tradestation.com/v3/x/%24SPX.X?legs%5B0%5D.Symbol=A%201',
      headers: { Authorization: 'Bearer T', Accept: 'a/b' },
    },
  ]);
});
