import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import type { Trade } from 'millrace';
import { injectExchange, injectStream } from 'millrace/angular';
import { scan } from 'rxjs';
import { BINANCE } from './app.config';
import { clockTime } from './clockTime';
import { Digits, withDecimals } from './digits';

const ROWS = 40;

/** The last trades, the newest on top. */
@Component({
  selector: 'app-tape',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <header class="bar"><h2>Trades</h2></header>
    <div class="scroll">
      <table>
        <thead class="hidden">
          <tr>
            <th>Time</th>
            <th>Price</th>
            <th>Size</th>
          </tr>
        </thead>
        <tbody>
          @for (trade of rows(); track $index) {
            <tr [class]="trade.side">
              <td class="time">{{ trade.time }}</td>
              <td class="price">
                <span aria-hidden="true">{{ trade.side === 'buy' ? '▲' : '▼' }}</span> {{ trade.price }}
              </td>
              <td>{{ trade.size }}</td>
            </tr>
          } @empty {
            <tr>
              <td class="none" colspan="3">No trades yet.</td>
            </tr>
          }
        </tbody>
      </table>
    </div>
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      min-height: 0;
    }
    .scroll {
      flex: 1;
      overflow: auto;
      min-height: 12rem;
      height: 0;
    }
    table {
      width: 100%;
    }
    td {
      padding: 0.12rem 0.75rem;
      text-align: right;
    }
    .time {
      text-align: left;
      color: var(--muted);
    }
    .buy .price {
      color: var(--buy);
    }
    .sell .price {
      color: var(--sell);
    }
    .price span {
      font-size: 0.6rem;
    }
    .none {
      text-align: left;
      color: var(--muted);
    }
  `,
})
export class Tape {
  readonly symbol = input.required<string>();
  readonly #exchange = injectExchange(BINANCE);
  readonly #digits = inject(Digits);
  readonly #trades = injectStream(
    () =>
      this.#exchange
        .trades(this.symbol())
        .pipe(scan((tape, trade) => [trade, ...tape].slice(0, ROWS), [] as readonly Trade[])),
    { initial: [] },
  );
  readonly rows = computed(() => {
    const [symbol, trades] = [this.symbol(), this.#trades.value()];
    const price = this.#digits.of(
      'price',
      symbol,
      trades.map(({ exact }) => exact.price),
    );
    const size = this.#digits.of(
      'size',
      symbol,
      trades.map(({ exact }) => exact.size),
    );
    return trades.map(({ side, venueTime, exact }) => ({
      side,
      time: clockTime(venueTime),
      price: withDecimals(exact.price, price),
      size: withDecimals(exact.size, size),
    }));
  });
}
