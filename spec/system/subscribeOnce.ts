/** Watches one book at the address it is given until it was live three times, leaves, and has nothing more to do. */
import { take } from 'rxjs';
import { live } from '../../lib/index.js';
import { binance } from '../../lib/venues/binance/index.js';

binance({ url: process.argv[2] ?? '' })
  .book('BTCUSDT')
  .pipe(live(), take(3))
  .subscribe({
    complete: () => {
      process.stdout.write('left\n');
    },
  });
