import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Observable, firstValueFrom } from 'rxjs';
import { EXIT } from '../../../lib/cli/exitCode.js';
import { run } from '../../../lib/cli/run.js';
import { recordedBinance } from '../../../lib/cli/venues/recordedBinance.js';
import { readRecording } from '../../../lib/node/readRecording.js';
import { replay } from '../../../lib/recording/replay.js';
import { type BinanceExchange, binance } from '../../../lib/venues/binance/index.js';
import { fakeIo } from '../support/fakeIo.js';

// Venues are recorded in real time, and several at once on a busy machine.

const folder = mkdtempSync(join(tmpdir(), 'millrace-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const files = new Map<string, Promise<string>>();

/** Those that take their time, all at once. */
beforeAll(async () => {
  const channels = ['trades', 'quotes', 'candles', 'ticker', 'book'].map((channel) => `--channel ${channel}`);
  await Promise.all([...channels, '--venue dxlink --channel trades', '--venue coinbase'].map(recorded));
});

/** One channel of a simulated venue, recorded once for a moment. */
async function recorded(line: string): Promise<string> {
  const known = files.get(line) ?? recordedAnew(line);
  files.set(line, known);
  return known;
}

async function recordedAnew(line: string): Promise<string> {
  const file = join(folder, `${line.replace(/\W+/g, '-')}.gz`);
  const io = fakeIo();
  const code = await run(`record --simulated --faults none --force --for 4s --out ${file} ${line}`.split(' '), io);
  expect([code, io.err.text()]).toEqual([EXIT.fine, '']);
  return file;
}

/** What a stream of a replay gives, and what is told beside. */
async function played(
  file: string,
  stream: (exchange: BinanceExchange) => Observable<unknown>,
): Promise<{ readonly values: number; readonly faults: readonly string[] }> {
  const network = replay(await readRecording(file), { reply: (sent) => recordedBinance.reply(sent) });
  const exchange = binance({ network, scheduler: network.clock, random: () => 0.5 });
  const faults: string[] = [];
  let values = 0;
  exchange.faults$.subscribe(({ message }) => faults.push(message));
  for (let twice = 0; twice < 2; twice++) stream(exchange).subscribe({ next: () => (values += 1) });
  await firstValueFrom(network.finished$);
  exchange.close();
  return { values: values / 2, faults };
}

describe('a recording of one channel', () => {
  it.each<readonly [string, (exchange: BinanceExchange) => Observable<unknown>]>([
    ['trades', (exchange) => exchange.trades('BTCUSDT')],
    ['trades', (exchange) => exchange.aggregateTrades('BTCUSDT')],
    ['quotes', (exchange) => exchange.quotes('BTCUSDT')],
    ['candles', (exchange) => exchange.candles('BTCUSDT', '1m')],
    ['ticker', (exchange) => exchange.ticker('BTCUSDT')],
    ['book', (exchange) => exchange.depth('BTCUSDT')],
  ])('holds of %s what the method of that name reads', async (channel, stream) => {
    const { values, faults } = await played(await recorded(`--channel ${channel}`), stream);
    expect(values).toBeGreaterThan(0);
    expect(faults).toEqual([]);
  });

  it('says once of a channel that it holds nothing for it', async () => {
    const file = await recorded('--channel quotes');
    const { values, faults } = await played(file, (exchange) => exchange.trades('BTCUSDT'));
    expect([values, faults]).toEqual([0, ['btcusdt@trade: nothing came, and it is over']]);
  });

  it('holds of a dxLink both that are called trades', async () => {
    const { events } = await readRecording(await recorded('--venue dxlink --channel trades'));
    const texts = events.map((event) => (event.kind === 'frame' ? event.data : '')).join('\n');
    expect(texts).toContain('TimeAndSale');
    expect(texts).toMatch(/"Trade"/);
  });
});

it('holds of a Coinbase what a replay counts', async () => {
  const file = await recorded('--venue coinbase');
  const io = fakeIo();
  await run(['replay', file, '--json'], io);
  const { market, symbols } = JSON.parse(io.out.text()) as {
    readonly market: string;
    readonly symbols: Readonly<
      Record<string, { readonly book?: object; readonly trades?: { readonly count: number } }>
    >;
  };

  expect(market).toBe('advanced');
  expect(symbols).toMatchObject({ 'BTC-USD': { book: { snapshots: 1, crossed: 0 } } });
  expect(symbols['BTC-USD']?.trades?.count).toBeGreaterThan(0);
});

it('is shown by the channel that is named, also where frames do not say what they are of', async () => {
  const all = [
    ['binance', 'candles', 'BTCUSDT', /candle .* open .* close /],
    ['kraken', 'quotes', 'BTC/USDT', /quote .* spread /],
    ['tplus', 'book', '200', /top .* spread /],
    ['tradestation', 'book', 'MSFT', /top .* spread /],
    ['dxlink', 'candles', 'AAPL', /candle .* open .* close /],
  ] as const;
  const shown = await Promise.all(
    all.map(async ([venue, channel, instrument, line]) => {
      const file = await recorded(`--venue ${venue} --channel ${channel} --instrument ${instrument}`);
      const io = fakeIo();
      const code = await run(['replay', file, '--channel', channel, '--instrument', instrument], io);
      return [venue, code, io.err.text(), line.test(io.out.text()), io.out.text().includes('fault')];
    }),
  );
  expect(shown).toEqual(all.map(([venue]) => [venue, EXIT.fine, '', true, false]));
});

it('is shown of accounts and boards, too, whatever the market is called that they were recorded beside', async () => {
  const all = [
    ['tplus', 'orders', [], /orders live, [1-9]/],
    ['o2', 'orders', [], /orders live, \d/],
    ['o2', 'balances', ['--instrument', 'ETH/USDT'], /balances live, [1-9]/],
    ['tastytrade', 'account', [], /account live: cash \d/],
    ['tradestation', 'account', ['--instrument', 'MSFT'], /positions live, \d/],
    ['dxlink', 'board', [], /board live: AAPL \d/],
  ] as const;
  const shown = await Promise.all(
    all.map(async ([venue, channel, options, line]) => {
      const file = await recorded(`--venue ${venue} --channel ${channel}`);
      const io = fakeIo();
      const code = await run(['replay', file, '--channel', channel, ...options], io);
      return [venue, code, io.err.text(), line.test(io.out.text()), io.out.text().includes('fault')];
    }),
  );
  expect(shown).toEqual(all.map(([venue]) => [venue, EXIT.fine, '', true, false]));
});

it('needs no channel to be named where a venue has accounts alone', async () => {
  const io = fakeIo();
  const code = await run(['replay', await recorded('--venue tastytrade --channel account')], io);
  expect([code, io.err.text()]).toEqual([EXIT.fine, '']);
  expect(io.out.text()).toMatch(/account live: cash/);
});

it.each(['book', 'candles', 'quotes', 'ticker'])(
  'of trades alone, replayed with %s, says that none came',
  async (channel) => {
    const io = fakeIo();
    const options = ['--channel', channel, '--instrument', 'BTCUSDT'];
    const code = await run(['replay', await recorded('--channel trades'), ...options], io);
    expect(code).toBe(EXIT.nothing);
    expect(io.err.text()).toMatch(new RegExp(`channel-trades.gz: nothing came of ${channel} of BTCUSDT\\n$`));
  },
);

it.each([
  [[], 'holds neither a book nor trades: --channel and --instrument say what to show of it'],
  [['--channel', 'candles'], 'holds neither a book nor trades'],
  [['--channel', 'account', '--instrument', 'BTCUSDT'], '--channel "account": accepted: book, trades, quotes'],
  [['--channel', 'candels'], '--channel "candels": accepted: book'],
  [['--channel', 'candles', '--instrument', 'BTCUSDT', '--interval', '7m'], '--interval "7m": accepted: 1s, 1m'],
  [['--channel', 'quotes', '--interval', '1m'], '--interval goes with --channel candles only'],
  [['--json', '--channel', 'quotes'], '--json and --channel exclude each other'],
])('of candles alone, replayed with %j, says what is accepted', async (options, text) => {
  const io = fakeIo();
  const code = await run(['replay', await recorded('--channel candles'), ...options], io);
  expect(code).toBe(EXIT.misuse);
  expect(io.err.text()).toContain(text);
});
