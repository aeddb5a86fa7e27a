import { VirtualTimeScheduler } from 'rxjs';
import { WireLostError } from '../../../lib/errors/wireLostError.js';
import { simulatedTradestation } from '../../../lib/simulation/index.js';

type Json = Readonly<Record<string, unknown>>;
const BASE = 'https://api.tradestation.com';
const CHAIN = '/v3/marketdata/stream/options/chains/MSFT';
const QUOTES = '/v3/marketdata/stream/options/quotes';
const BARS = '/v3/marketdata/stream/barcharts/MSFT';

function stage(stepEvery = 100) {
  const scheduler = new VirtualTimeScheduler();
  const venue = simulatedTradestation({ scheduler, latency: 0, activity: 20, stepEvery, accountActivity: 0 });
  const pass = (ms: number): void => {
    scheduler.schedule(() => undefined, ms);
    scheduler.maxFrames = scheduler.now() + ms;
    scheduler.flush();
  };
  const send = (method: 'GET' | 'POST', url: string, headers: Readonly<Record<string, string>>, body?: string) => {
    const answers: { readonly status: number; readonly body: string }[] = [];
    venue.network
      .request({ method, url, headers, ...(body !== undefined && { body }) })
      .subscribe((answer) => answers.push(answer));
    pass(1);
    return { status: answers[0]?.status, body: JSON.parse(answers[0]?.body ?? '{}') as Json };
  };
  const form = 'grant_type=refresh_token&client_id=me&refresh_token=simulated-refresh-token';
  const token = send('POST', 'https://signin.tradestation.com/oauth/token', {}, form).body['access_token'];
  const headers = { Authorization: `Bearer ${String(token)}` };
  /** What a stream begins with, or how it was refused. */
  const open = (path: string): { readonly frames: readonly Json[]; readonly refused: unknown } => {
    const frames: Json[] = [];
    let refused: unknown;
    venue.network.open({ url: `${BASE}${path}`, headers }).subscribe({
      next: ({ messages }) => messages.subscribe((line) => frames.push(JSON.parse(line) as Json)),
      error: (error: unknown) => (refused = error instanceof WireLostError ? error.code : error),
    });
    pass(1);
    return { frames, refused };
  };
  const get = (path: string) => send('GET', `${BASE}${path}`, headers);
  return { venue, open, get, pass };
}

const legsOf = (frame: Json | undefined): readonly string[] =>
  ((frame?.['Legs'] ?? []) as readonly Json[]).map(({ Ratio, Symbol }) => `${String(Ratio)} ${String(Symbol)}`);
const strikesOf = (frames: readonly Json[]): readonly unknown[] =>
  frames.map(({ Strikes }) => (Strikes as string[])[0]);

describe('a chain of a simulated TradeStation', () => {
  const chain = (query: string) => stage().open(`${CHAIN}?${query}`);

  it.each<readonly [string, string, number]>([
    ['Single', '1 MSFT 261218C406', 20],
    ['Vertical', '1 MSFT 261218C406, -1 MSFT 261218C407', 20],
    ['Straddle', '1 MSFT 261218C406, 1 MSFT 261218P406', 10],
    ['Strangle', '1 MSFT 261218C407, 1 MSFT 261218P406', 10],
    ['RatioBack1x2', '-1 MSFT 261218C406, 2 MSFT 261218C407', 20],
    ['RatioBack2x3', '-2 MSFT 261218C406, 3 MSFT 261218C407', 20],
    ['Butterfly', '1 MSFT 261218C406, -2 MSFT 261218C407, 1 MSFT 261218C408', 20],
    ['IronCondor', '1 MSFT 261218P406, -1 MSFT 261218P407, -1 MSFT 261218C408, 1 MSFT 261218C409', 10],
    ['Combo', '1 MSFT 261218C406, -1 MSFT 261218P406', 10],
    ['Calendar&expiration2=2027-01-15', '-1 MSFT 261218C406, 1 MSFT 270115C406', 20],
    ['Diagonal&expiration2=01-15-2027', '-1 MSFT 261218C406, 1 MSFT 270115C407', 20],
  ])('has the legs of %s', (type, legs, count) => {
    const { frames } = chain(`spreadType=${type}`);
    expect(frames).toHaveLength(count);
    expect(legsOf(frames[0]).join(', ')).toBe(legs);
    const isBoth = new Set(legsOf(frames[0]).map((leg) => /[CP](?=\d+$)/.exec(leg)?.[0])).size > 1;
    expect(frames[0]?.['Side']).toBe(isBoth ? 'Both' : 'Call');
  });

  it('is of the expiration, the strikes and the side that are asked for', () => {
    expect(legsOf(chain('expiration=12-18-2026').frames[0])).toEqual(['1 MSFT 261218C406']);
    expect(legsOf(chain('expiration=2027-02-19T00:00:00Z').frames[0])).toEqual(['1 MSFT 270219C406']);
    expect(strikesOf(chain('strikeProximity=1&priceCenter=300&optionType=Put').frames)).toEqual(['299', '300']);
    expect(legsOf(chain('spreadType=Vertical&strikeInterval=5&strikeProximity=1').frames[0])).toEqual([
      '1 MSFT 261218C410',
      '-1 MSFT 261218C415',
    ]);
    const isIn = ({ IntrinsicValue: worth }: Json): boolean => Number(worth) > 0;
    const [inside, outside] = [chain('strikeRange=ITM').frames, chain('strikeRange=OTM').frames];
    expect(inside.filter(isIn)).toHaveLength(inside.length);
    expect(outside.filter(isIn)).toEqual([]);
    expect([inside.length > 0, inside.length + outside.length]).toEqual([true, 20]);
  });

  it('values what it is told to value, at the rate it is told', () => {
    const [usual, other] = [chain('').frames[0], chain('riskFreeRate=0.05').frames[0]];
    expect([usual?.['Rho'], other?.['Rho']]).toEqual(['0.02', '0.05']);
    expect(Number(other?.['TheoreticalValue']) - Number(usual?.['TheoreticalValue'])).toBeCloseTo(0.03, 6);
    expect(chain('enableGreeks=false').frames[0]).not.toHaveProperty('Rho');
  });

  it('of no spreads at all stays open, and says nothing but that it is there', () => {
    const { open, pass } = stage();
    const { frames, refused } = open(`${CHAIN}?strikeRange=ITM&optionType=Call&priceCenter=10000`);
    pass(20_000);
    expect(refused).toBeUndefined();
    expect(frames.filter((frame) => !('Heartbeat' in frame))).toEqual([]);
    expect(frames.length).toBeGreaterThan(1);
  });
});

it('parameters that the venue does not take are refused by what they are, on streams and in answers', () => {
  const { venue, open, get } = stage();
  const wrong: readonly string[] = [
    ...['strikeProximity=0', 'strikeProximity=1e9', 'strikeProximity=', 'strikeInterval=1.5', 'priceCenter=-1'],
    ...[
      'priceCenter=NaN',
      'riskFreeRate=2',
      'strikeRange=ATM',
      'optionType=Calls',
      'enableGreeks=no',
      'spreadType=Box',
    ],
    ...['spreadType=Covered', 'spreadType=Calendar', 'spreadType=Diagonal&expiration2=2026-12-17', 'expiration=soon'],
    ...['expiration=2026-12-17', 'spreadType=Calendar&expiration=2027-01-15&expiration2=2026-12-18'],
  ].map((query) => `${CHAIN}?${query}`);
  const legs = 'legs[0].Symbol=MSFT%20261218C400';
  const more: readonly string[] = [
    ...['', 'legs[1].Symbol=MSFT%20261218C400', `${legs}&legs[2].Symbol=MSFT%20261218C410`, `${legs}&legs[0].Ratio=0`],
    ...[`${legs}&legs[0].Ratio=1.5`, `${legs}&riskFreeRate=x`, `${legs}&enableGreeks=1`],
    ...[`${legs}&legs[1].Symbol=AAPL%20261218C400`],
  ].map((query) => `${QUOTES}?${query}`);
  const bars: readonly string[] = [
    ...[
      'unit=Hourly',
      'unit=Daily&interval=5',
      'unit=Minute&interval=1441',
      'interval=0',
      'barsback=0',
      'barsback=57601',
    ],
    ...['unit=Minute&interval=60&barsback=9000', 'sessiontemplate=USEQ'],
  ].map((query) => `${BARS}?${query}`);
  const others = [
    '/v3/marketdata/stream/marketdepth/quotes/MSFT?maxlevels=0',
    '/v3/brokerage/stream/accounts/SIM0000001M/positions?changes=yes',
    '/v2/stream/tickbars/MSFT/0/1',
    '/v2/stream/tickbars/MSFT/1/11',
  ];
  const all = [...wrong, ...more, ...bars, ...others];
  expect(all.filter((path) => open(path).refused !== 400)).toEqual([]);
  expect(open(`${QUOTES}?legs[0].Symbol=NOPE%20261218C400`).refused).toBe(404);
  expect(open(`${QUOTES}?legs[0].Symbol=MSFT`).refused).toBe(404);
  expect(venue.stats().connections.filter((one) => one.open)).toEqual([]);

  const refusals = [
    ['unit=Hourly', 'unit is one of Minute, Daily, Weekly, Monthly'],
    ['firstdate=2026-01-01&barsback=3', 'firstdate and barsback exclude each other'],
    ['lastdate=2026-01-01&startdate=2026-01-01', 'lastdate and startdate exclude each other'],
    ['firstdate=soon', 'firstdate is no date'],
  ] as const;
  for (const [query, Message] of refusals)
    expect(get(`/v3/marketdata/barcharts/MSFT?${query}`)).toEqual({
      status: 400,
      body: { Error: 'BadRequest', Message },
    });
  expect(get('/v3/brokerage/accounts/SIM0000001M/orders?pageSize=x').status).toBe(400);
});

describe('bars of a simulated TradeStation', () => {
  it('are of any number of minutes, in whatever session, since its market is always open', () => {
    const { open, pass } = stage(5_000);
    const { frames } = open(`${BARS}?unit=Minute&interval=7&barsback=3&sessiontemplate=USEQPreAndPost`);
    const epochs = (): readonly number[] => [
      ...new Set(frames.flatMap(({ Epoch }) => (Epoch as number | undefined) ?? [])),
    ];
    expect(frames.map(({ IsEndOfHistory }) => IsEndOfHistory)).toEqual([false, false, true]);
    pass(15 * 60_000);
    const all = epochs();
    expect(all.slice(1).map((epoch, i) => epoch - (all[i] ?? 0))).toEqual(Array(all.length - 1).fill(7 * 60_000));
    expect(all.length).toBe(6);
  });

  it('of the past end by the date that is asked for under either of its names', () => {
    const { get } = stage();
    const of = (name: string): unknown =>
      get(`/v3/marketdata/barcharts/MSFT?unit=Daily&barsback=2&${name}=1969-12-01`).body;
    expect(((of('lastdate') as Json)['Bars'] as readonly Json[]).map(({ TimeStamp }) => TimeStamp)).toEqual([
      '1969-11-30T00:00:00Z',
      '1969-12-01T00:00:00Z',
    ]);
    expect(of('startdate')).toEqual(of('lastdate'));
  });

  it('of ticks hold as many ticks as are asked for, the past of them likewise', () => {
    const { venue, open, pass } = stage();
    open('/v3/marketdata/stream/quotes/MSFT');
    pass(30_000);
    const { tape } = venue.market.instrument('MSFT') ?? {};
    const from = tape?.lastTrade ?? 0;
    const { frames } = open('/v2/stream/tickbars/MSFT/5/3');
    pass(30_000);
    const told = frames.filter((frame) => 'Close' in frame && frame['Status'] !== 805306389);
    const trades = tape?.tradesAfter(from - 15) ?? [];
    const bars = Array.from({ length: Math.floor(trades.length / 5) }, (_, i) => trades.slice(5 * i, 5 * i + 5));
    const expected = bars.map((bar, i) => ({
      TimeStamp: `/Date(${String(bar.at(-1)?.at)})/`,
      Status: i < 3 ? 13 : 11,
      Close: Number(bar.at(-1)?.price),
      TotalVolume: bar.reduce((sum, { size }) => sum + Number(size), 0),
    }));
    expect(from).toBeGreaterThan(15);
    expect(expected.length).toBeGreaterThan(10);
    expect(told).toEqual(expected.slice(0, told.length));
    expect(expected.length - told.length).toBeLessThan(2);
  });
});
