import { readFileSync } from 'node:fs';
import { parseArguments } from '../../../lib/cli/args/parseArguments.js';
import { programOf } from '../../../lib/cli/args/program.js';
import { UsageError } from '../../../lib/cli/args/usageError.js';
import type { VenueFacts } from '../../../lib/cli/args/venueFacts.js';
import { cliVenues } from '../../../lib/cli/venues/venues.js';
import { VERSION } from '../../../lib/cli/version.js';

const venues: readonly VenueFacts[] = [
  {
    name: 'binance',
    markets: ['spot', 'usdm'],
    channels: ['book', 'trades', 'quotes', 'candles', 'ticker'],
    intervals: () => ['1m', '1M'],
    instrument: 'BTCUSDT',
    simulated: ['spot'],
    spell: (instrument) => instrument.toUpperCase(),
    checkFaults: (text) => {
      if (!text.startsWith('drop')) throw new Error('accepted: drop');
    },
  },
  {
    name: 'acme',
    markets: ['spot'],
    channels: ['trades'],
    intervals: () => [],
    instrument: 'A',
    simulated: [],
    spell: (instrument) => instrument,
    checkFaults: () => undefined,
  },
];
const parse = (line: string): ReturnType<typeof parseArguments> =>
  parseArguments(
    line.split(' ').filter((word) => word !== ''),
    venues,
  );

const demonstration = {
  command: 'watch',
  venue: 'binance',
  market: 'spot',
  source: { kind: 'simulated', seed: 1, faults: undefined },
  instruments: ['BTCUSDT'],
  channel: 'book',
  interval: '1m',
  depth: undefined,
  json: false,
  web: undefined,
  for: undefined,
};

describe('parseArguments', () => {
  it.each([
    ['', demonstration],
    ['watch', demonstration],
    ['--for 30s', { ...demonstration, for: 30_000 }],
    ['watch --instrument ethusdt', { ...demonstration, instruments: ['ETHUSDT'] }],
    ['watch btcusdt', { ...demonstration, source: { kind: 'live' } }],
    [
      'watch BTCUSDT ethusdt BTCUSDT',
      { ...demonstration, source: { kind: 'live' }, instruments: ['BTCUSDT', 'ETHUSDT'] },
    ],
    ['watch --simulated BTCUSDT', demonstration],
    ['watch BTCUSDT --seed 1', demonstration],
    ['watch --instrument A,B', { ...demonstration, instruments: ['A', 'B'] }],
    ['watch --web', { ...demonstration, web: { port: undefined } }],
    ['watch --web --port 0', { ...demonstration, web: { port: 0 } }],
    ['watch --venue binance --market USDM', { ...demonstration, source: { kind: 'live' }, market: 'usdm' }],
    [
      'watch --url ws://127.0.0.1:80/ --depth 5 --json',
      { ...demonstration, source: { kind: 'url', url: 'ws://127.0.0.1:80' }, depth: 5, json: true },
    ],
    [
      'watch --venue binance --simulated --seed 7 --faults drop@1s',
      { ...demonstration, source: { kind: 'simulated', seed: 7, faults: 'drop@1s' } },
    ],
    ['watch --faults none', { ...demonstration, source: { kind: 'simulated', seed: 1, faults: 'none' } }],
    ['watch --channel candles --interval 1M', { ...demonstration, channel: 'candles', interval: '1M' }],
    [
      'replay a.ndjson.gz',
      {
        command: 'replay',
        file: 'a.ndjson.gz',
        speed: undefined,
        instrument: undefined,
        depth: undefined,
        json: false,
      },
    ],
    [
      'replay a.ndjson.gz --speed 2.5 --instrument X --json',
      { command: 'replay', file: 'a.ndjson.gz', speed: 2.5, instrument: 'X', depth: undefined, json: true },
    ],
    [
      'record --venue binance --instrument btcusdt,ethusdt --out f --channel trades,book',
      {
        command: 'record',
        venue: 'binance',
        market: 'spot',
        source: { kind: 'live' },
        instruments: ['BTCUSDT', 'ETHUSDT'],
        channels: ['trades', 'book'],
        interval: '1m',
        out: 'f',
        force: false,
        for: 60_000,
      },
    ],
    [
      'simulate --port 8080 --for 2m',
      { command: 'simulate', venue: 'binance', market: 'spot', seed: 1, faults: undefined, port: 8080, for: 120_000 },
    ],
  ])('reads "%s"', (line, request) => {
    expect(parse(line)).toEqual(request);
  });

  it.each([
    ['frobnicate', 'unknown command "frobnicate": accepted: watch, replay, record, simulate, relay'],
    ['watch --venue nowhere', '--venue "nowhere": accepted: binance, acme'],
    ['watch --venue binance --market futures', '--market "futures": accepted: spot, usdm'],
    ['watch --channel depth', '--channel "depth": accepted: book, trades, quotes, candles, ticker'],
    ['watch --venue acme --channel book', '--channel "book": accepted: trades'],
    ['watch --interval 1m', '--interval goes with --channel candles only'],
    ['watch --channel candles --interval 7m', '--interval "7m": accepted: 1m, 1M'],
    ['watch --for 30', '--for "30": give a duration such as 500ms, 30s, 5m or 2h, at most 24 days'],
    ['watch --for 0s', '--for "0s": give a duration such as 500ms, 30s, 5m or 2h, at most 24 days'],
    ['watch --for 1000h', '--for "1000h": give a duration such as 500ms, 30s, 5m or 2h, at most 24 days'],
    ['watch --depth -3', '--depth "-3": give a whole number from 1 to 5000'],
    ['watch --depth 2.5', '--depth "2.5": give a whole number from 1 to 5000'],
    ['watch --channel trades --depth 5', '--depth goes with --channel book only'],
    ['replay f --channel trades --depth 5', '--depth goes with --channel book only'],
    ['replay f --json --depth 5', '--json and --depth exclude each other: give one of them'],
    ['watch --venue binance --venue acme', '--venue "acme": give it once'],
    ['record --out f --instrument A --instrument B', '--instrument "B": give it once'],
    ['record --out --force', '--out: its value is missing before "--force"'],
    ['watch --instrument --json', '--instrument: its value is missing before "--json"'],
    [
      'watch --url https://me:very-secret@x/?key=very-secret',
      '--url "https:…x/…": give a URL such as ws://127.0.0.1:8080 or wss://stream.example.com',
    ],
    ['watch --url http://x', '--url "http://x": give a URL such as ws://127.0.0.1:8080 or wss://stream.example.com'],
    ['watch --url ws://x --simulated', '--simulated and --url exclude each other: give one of them'],
    ['watch --venue binance --faults drop@1s', '--faults goes with --simulated only'],
    ['watch --url ws://x --seed 1', '--seed goes with --simulated only'],
    ['watch --seed x', '--seed "x": give a whole number from 0 to 4294967295'],
    ['watch --faults boom', '--faults: accepted: drop'],
    ['watch --venue acme --simulated', 'there is no simulated acme'],
    ['watch BTCUSDT --instrument A', '--instrument and symbols without an option exclude each other: give one of them'],
    ['watch --port 80', '--port goes with --web only'],
    ['watch --web --port 70000', '--port "70000": give a whole number from 0 to 65535'],
    ['watch --web --json', '--web and --json exclude each other: give one of them'],
    ['watch --web --channel trades', '--web shows books with their trades, and no trades'],
    ['watch BTC;rm', '--instrument "BTC;rm": give a symbol such as BTCUSDT'],
    ['record --out f --instrument A,', '--instrument "": give a symbol such as BTCUSDT'],
    ['simulate --port 99999', '--port "99999": give a whole number from 0 to 65535'],
    ['replay f --speed fast', '--speed "fast": give max, real, or a factor such as 10'],
    ['replay f --speed 0', '--speed "0": give max, real, or a factor such as 10'],
    ['replay', "missing required argument 'file'; see millrace replay --help"],
    ['record', "required option '--out <file>' not specified; see millrace record --help"],
    ['watch --for', "option '--for <duration>' argument missing; see millrace watch --help"],
  ])('refuses "%s" in one line', (line, message) => {
    expect(() => parse(line)).toThrow(new UsageError(message));
    expect(() => parse(line)).toThrow(UsageError);
  });

  it('takes no value twice, and no option for a value, at any command', () => {
    for (const command of programOf(
      venues,
      () => undefined,
      () => undefined,
    ).commands) {
      const [argument = ''] = command.registeredArguments.map(({ required }) => (required ? 'file' : ''));
      for (const { long, required } of command.options) {
        if (!required || long == null) continue;
        expect(() => parse(`${command.name()} ${argument} ${long} 1 ${long} 2`)).toThrow(`${long} "2": give it once`);
        expect(() => parse(`${command.name()} ${argument} ${long} --x`)).toThrow(
          `${long}: its value is missing before "--x"`,
        );
      }
    }
    expect(() => parseArguments(['record', '--out', ' '], venues)).toThrow('--out: give a file such as x.ndjson.gz');
  });

  it.each(
    cliVenues
      .filter(({ channels }) => channels.includes('candles'))
      .flatMap((venue) => venue.markets.map((market) => [venue.name, market, venue] as const)),
  )('takes an interval that %s %s has where none is given', (name, market, venue) => {
    const line = `record --out f --venue ${name} --market ${market} --channel candles`;
    const request = parseArguments(line.split(' '), cliVenues);
    const intervals = venue.intervals(market);
    expect(intervals).toContain(request.command === 'record' ? request.interval : undefined);
    if (intervals.includes('1m')) expect(request).toMatchObject({ interval: '1m' });
  });

  it('tells which options there are when one is unknown', () => {
    expect(() => parse('simulate --prot 1')).toThrow(/^unknown option '--prot'.*accepted: .*--port.*$/);
  });

  it('tells what is accepted when a word is too many', () => {
    expect(() => parse('simulate BTCUSDT')).toThrow(
      /too many arguments.*accepted: \[options\]; see millrace simulate --help$/,
    );
  });

  it.each([
    ['--help', /watch[^]*replay[^]*record[^]*simulate[^]*Exit codes:/],
    ['help watch', /--instrument <symbols>[^]*"type":"book"[^]*Exit codes:/],
    ['watch --help', /--json[^]*Exit codes:/],
    ['replay --help', /max, real, or a factor/],
    ['simulate --help', /drop@10s\/10s[^]*staleSnapshot .*older[^]*binance +numbersAnew/],
    ['--version', new RegExp(`^${VERSION}\n$`)],
  ])('answers "%s" with a text', (line, text) => {
    expect(parse(line)).toEqual({ command: 'text', text: expect.stringMatching(text) });
  });

  it("knows the package's version", () => {
    expect(JSON.parse(readFileSync('package.json', 'utf8'))).toMatchObject({ version: VERSION });
  });
});
