import { InvalidArgumentError } from '../../../lib/errors/invalidArgumentError.js';
import { candleSymbol, normalSymbol } from '../../../lib/venues/dxlink/candleSymbol.js';
import {
  futureOptionToStreamer,
  futureToStreamer,
  occToStreamer,
  optionContractOf,
  streamerToFuture,
  streamerToOcc,
} from '../../../lib/venues/dxlink/market/optionSymbol.js';

describe('option symbols', () => {
  it.each([
    ['AAPL  250117C00150000', '.AAPL250117C150'],
    ['TSLA  261218P00005000', '.TSLA261218P5'],
    ['GOOGL 270617P00235000', '.GOOGL270617P235'],
    ['SPXW  250718C03500000', '.SPXW250718C3500'],
    ['IRBT  260116C00022500', '.IRBT260116C22.5'],
    ['F     250620C00002020', '.F250620C2.02'],
    ['F     250620P00002170', '.F250620P2.17'],
    ['BRKB  250620C00200000', '.BRKB250620C200'],
    ['X     250620C00000250', '.X250620C0.25'],
  ])('%s is %s', (occ, streamer) => {
    expect(occToStreamer(occ)).toBe(streamer);
    expect(streamerToOcc(streamer)).toBe(occ);
  });

  it('reads a strike without a digit before its point', () => {
    expect(streamerToOcc('.X250620C.25')).toBe('X     250620C00000250');
  });

  it('tells what a streamer symbol says', () => {
    expect(optionContractOf('.SPXW250718P3500.5')).toEqual({
      root: 'SPXW',
      expiration: '250718',
      side: 'put',
      strike: 3500.5,
    });
    expect(optionContractOf('AAPL')).toBeUndefined();
  });

  it.each(['AAPL', '.AAPL250117C150', 'AAPL 250117X00150000', ''])('refuses %j as OCC', (symbol) => {
    expect(() => occToStreamer(symbol)).toThrow(InvalidArgumentError);
  });

  it.each(['AAPL', 'AAPL  250117C00150000', '.AAPL250117C1234567'])('refuses %j as streamer symbol', (symbol) => {
    expect(() => streamerToOcc(symbol)).toThrow(InvalidArgumentError);
  });
});

describe('symbols of futures', () => {
  it.each([
    ['/ESM5', 'XCME', '/ESM25:XCME'],
    ['/GCZ5', 'XCEC', '/GCZ25:XCEC'],
    ['/RBN5', 'XNYM', '/RBN25:XNYM'],
    ['/GEM0', 'XCME', '/GEM30:XCME'],
  ])('%s at %s is %s', (symbol, exchange, streamer) => {
    expect(futureToStreamer(symbol, exchange, 2025)).toBe(streamer);
    expect(streamerToFuture(streamer)).toBe(symbol);
  });

  it.each([
    ['./ESU5 ESU5  250919P900', 'XCME', './ESU25P900:XCME'],
    ['./GCZ5 OGX5  251028P2040', 'XCEC', './OGX25P2040:XCEC'],
    ['./ZBU5 OZBN5 250620C142.5', 'XCBT', './OZBN25C142.5:XCBT'],
    ['./MNQZ5MNQZ5 251219P11000', 'XCME', './MNQZ25P11000:XCME'],
  ])('%s at %s is %s', (symbol, exchange, streamer) => {
    expect(futureOptionToStreamer(symbol, exchange)).toBe(streamer);
  });
});

describe('candle symbols', () => {
  it.each([
    ['AAPL', '1d', 'AAPL{=d}'],
    ['AAPL', '5m,tho=true', 'AAPL{=5m,tho=true}'],
    ['AAPL', '1h,tho=true,a=s', 'AAPL{=h,a=s,tho=true}'],
    ['AAPL&Q', 'mo', 'AAPL&Q{=mo}'],
    ['AAPL', '1d,price=last,tho=false,a=m', 'AAPL{=d}'],
    ['AAPL', '5m,tho=false,price=mark,a=s', 'AAPL{=5m,a=s,price=mark}'],
  ])('%s by %s is %s', (symbol, period, expected) => {
    expect(candleSymbol(symbol, period)).toBe(expected);
  });

  it('puts any candle symbol into the normal form, and leaves others alone', () => {
    expect(normalSymbol('AAPL{=1h,tho=true,a=s}')).toBe('AAPL{=h,a=s,tho=true}');
    expect(normalSymbol('.AAPL250117C150')).toBe('.AAPL250117C150');
  });

  it.each(['', 'x', '5', '5m;tho', '5mm'])('refuses the period %j', (period) => {
    expect(() => candleSymbol('AAPL', period)).toThrow(InvalidArgumentError);
  });
});
