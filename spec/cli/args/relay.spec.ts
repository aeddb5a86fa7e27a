import { parseArguments } from '../../../lib/cli/args/parseArguments.js';
import { cliVenues } from '../../../lib/cli/venues/venues.js';

const parse = (line: string) => parseArguments(line.split(' '), cliVenues);

describe('relay', () => {
  it('relays a venue over NATS', () => {
    expect(
      parse(
        'relay --venue okx --instrument btc-usdt,eth-usdt --channel book,candles --nats nats://127.0.0.1:4222 --as tokyo',
      ),
    ).toEqual({
      command: 'relay',
      source: {
        kind: 'venue',
        venue: 'okx',
        market: 'global',
        source: { kind: 'live' },
        instruments: ['BTC-USDT', 'ETH-USDT'],
        channels: ['book', 'candles'],
        interval: '1m',
        as: 'tokyo',
        nats: ['nats://127.0.0.1:4222'],
      },
      listen: undefined,
      origins: [],
      for: undefined,
    });
  });

  it('listens on this machine where there is no bus', () => {
    expect(parse('relay --venue binance')).toMatchObject({
      listen: { host: '127.0.0.1', port: 0 },
      source: { as: 'A' },
    });
    expect(parse('relay --venue binance --listen 8080')).toMatchObject({ listen: { host: '127.0.0.1', port: 8080 } });
    expect(parse('relay --venue binance --listen 0.0.0.0:80')).toMatchObject({ listen: { host: '0.0.0.0', port: 80 } });
    expect(parse('relay --venue binance --listen [::1]:80')).toMatchObject({ listen: { host: '::1', port: 80 } });
  });

  it('relays a bus', () => {
    expect(parse('relay --from nats://a:1,nats://b:2 --listen 8080 --origin https://mine.example')).toMatchObject({
      source: { kind: 'bus', servers: ['nats://a:1', 'nats://b:2'] },
      origins: ['https://mine.example'],
    });
  });

  it.each([
    ['relay --from nats://a:1 --venue okx', '--from and --venue exclude each other'],
    ['relay --venue okx --nats http://a', '--nats: give an address such as nats://127.0.0.1:4222'],
    ['relay --venue okx --nats nats://me:secret@a:1', '--nats: give an address'],
    ['relay --venue okx --as a.b', '--as "a.b": give a name'],
    ['relay --venue okx --as any', '--as "any": give a name'],
    ['relay --venue okx --listen here', '--listen "here": give a port'],
    ['relay --venue okx --listen 70000', '--listen "70000": give a whole number'],
    ['relay --venue okx --origin *', '--origin "*": give an origin'],
    ['relay --venue dxlink --channel board', '--channel board of dxlink is not relayed'],
    [
      'relay --venue coinbase --simulated --market exchange',
      'there is no simulated coinbase exchange: accepted: advanced',
    ],
  ])('refuses %s', (line, text) => {
    expect(() => parse(line)).toThrow(text);
    expect(() => parse(line)).not.toThrow('secret');
  });
});

describe('a simulated venue', () => {
  it.each(cliVenues.filter(({ simulated }) => simulated.length > 0).map(({ name, simulated }) => [name, simulated[0]]))(
    'of %s is its market %s, where none is named',
    (name, market) => {
      expect(parse(`simulate --venue ${name}`)).toMatchObject({ venue: name, market });
      expect(parse(`watch --venue ${name} --simulated`)).toMatchObject({ venue: name, market });
    },
  );

  it.each([
    ['simulate --venue binance --market coinm', 'there is no simulated binance coinm: accepted: spot, usdm'],
    ['simulate --venue kraken --market v1', 'there is no simulated kraken v1: accepted: v2'],
    ['simulate --venue bybit', 'there is no simulated bybit'],
  ])('refuses %s', (line, text) => {
    expect(() => parse(line)).toThrow(text);
  });
});

describe('watch --relayed', () => {
  it.each(['nats://127.0.0.1:4222', 'ws://127.0.0.1:8080'])('takes %s', (url) => {
    expect(parse(`watch --relayed ${url} --venue binance`)).toMatchObject({ source: { kind: 'relayed', url } });
  });

  it.each([
    ['watch --relayed http://a', '--relayed: give an address'],
    ['watch --relayed ws://a:1 --venue dxlink --channel board', '--channel board of dxlink is not relayed'],
    ['watch --relayed ws://a:1 --url ws://b', '--relayed and --url exclude each other'],
    ['watch --relayed ws://a:1 --simulated', '--relayed and --simulated exclude each other'],
  ])('refuses %s', (line, text) => {
    expect(() => parse(line)).toThrow(text);
  });
});
