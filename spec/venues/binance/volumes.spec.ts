import { VirtualTimeScheduler, type Observable } from 'rxjs';
import { type Trade, volumeBySymbol } from '../../../lib/index.js';
import { simulatedBinance } from '../../../lib/simulation/index.js';
import { binance } from '../../../lib/venues/binance/index.js';

it('tells of each USD-M trade, whatever its kind is called: the volume is that of the aggregate trades', () => {
  const scheduler = new VirtualTimeScheduler(undefined, 60_000);
  const venue = simulatedBinance({ market: 'usdm', scheduler, instruments: ['BTCUSDT'], latency: 0 });
  const exchange = binance({ market: 'usdm', network: venue.network, scheduler, random: () => 0.5 });
  const volumes: Record<string, string> = {};
  const follow = (name: string, trades$: Observable<Trade>): void => {
    trades$.pipe(volumeBySymbol()).subscribe(({ exact }) => (volumes[name] = exact));
  };
  follow('each', exchange.trades('BTCUSDT'));
  follow('aggregate', exchange.aggregateTrades('BTCUSDT'));

  scheduler.flush();

  expect(Number(volumes['each'])).toBeGreaterThan(100);
  expect(volumes['each']).toBe(volumes['aggregate']);
});
