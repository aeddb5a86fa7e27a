import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { serve } from '../../lib/node/serve.js';
import { simulatedDxLink } from '../../lib/simulation/index.js';

const installed = existsSync(join(__dirname, 'node_modules/@dxfeed/dxlink-api'));
const TOKEN = 'quote-token';

interface Line {
  readonly kind: string;
  readonly value: unknown;
}
interface Event {
  readonly eventType: string;
  readonly eventSymbol: string;
  readonly eventFlags?: number;
}

(installed ? it : it.skip)(
  'the official client of dxLink receives quotes, trades, greeks, candles, orders and DOM snapshots (npm install --prefix spec/clients)',
  async () => {
    const venue = simulatedDxLink({ activity: 10, tokens: (token) => (token === TOKEN ? Infinity : undefined) });
    const served = await serve(venue);
    try {
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [join(__dirname, 'dxlink.mjs'), served.url, TOKEN, '4000'],
        { timeout: 30_000, maxBuffer: 64 * 1024 * 1024 },
      );
      const lines = stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Line);
      const of = (kind: string): readonly unknown[] =>
        lines.filter((line) => line.kind === kind).map(({ value }) => value);
      const events = of('event') as readonly Event[];
      const first = (type: string, symbol: string): Event | undefined =>
        events.find(({ eventType, eventSymbol }) => eventType === type && eventSymbol === symbol);

      expect(of('error')).toEqual([]);
      // At the end it is UNAUTHORIZED again, by its own leaving.
      expect(of('auth')).toContain('AUTHORIZED');
      expect(of('config')).toContain('COMPACT');
      expect(first('Quote', 'AAPL')).toMatchObject({ bidPrice: expect.any(Number) as number });
      expect(first('Quote', 'SPX')).toMatchObject({ bidSize: 'NaN' });
      expect(first('Trade', 'AAPL')).toMatchObject({ price: expect.any(Number) as number });
      expect(first('Greeks', '.AAPL250117C195')).toMatchObject({ delta: expect.any(Number) as number });
      expect(first('Candle', 'AAPL{=m}')).toMatchObject({ eventFlags: 4 });
      expect(first('Order', 'AAPL')).toMatchObject({ eventFlags: 4, source: 'NTV' });
      const flags = events.filter(({ eventType }) => eventType === 'Order').map(({ eventFlags }) => eventFlags);
      // The snapshot ends by the removal of what is not there; transactions follow.
      expect(flags).toContain(10);
      expect(flags.length).toBeGreaterThan(flags.indexOf(10) + 1);
      expect(of('dom').at(-1)).toMatchObject({ bids: { length: 3 }, asks: { length: 3 } });
      expect(venue.stats().violations).toEqual([]);
    } finally {
      await served.close();
      venue.close();
    }
  },
  60_000,
);
