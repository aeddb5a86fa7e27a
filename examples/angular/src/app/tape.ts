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
    <div class="line head" aria-hidden="true"><span>Time</span><span>Price</span><span>Size</span></div>
    <div class="scroll" role="table" aria-label="Trades">
      @for (trade of rows(); track $index) {
        <div class="line" role="row" [class]="trade.side">
          <span class="time" role="cell">{{ trade.time }}</span>
          <span class="price" role="cell"
            ><i aria-hidden="true">{{ trade.side === 'buy' ? '▲' : '▼' }}</i> {{ trade.price }}</span
          >
          <span role="cell">{{ trade.size }}</span>
        </div>
      } @empty {
        <p class="none">{{ error()?.message ?? 'No trades yet.' }}</p>
      }
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
      contain: strict;
    }
    .line {
      display: grid;
      grid-template-columns: minmax(0, 1fr) minmax(0, 1.4fr) minmax(0, 1.1fr);
      gap: 0.5rem;
      align-items: center;
      height: 1.6rem;
      padding: 0 0.75rem;
      contain: strict;
    }
    .line span {
      text-align: right;
      white-space: nowrap;
      overflow: hidden;
    }
    .line span:first-child {
      text-align: left;
    }
    .head {
      flex: none;
      color: var(--muted);
      font-size: 0.72rem;
    }
    .time {
      color: var(--muted);
    }
    .buy .price {
      color: var(--buy);
    }
    .sell .price {
      color: var(--sell);
    }
    .price i {
      font-style: normal;
      font-size: 0.6rem;
    }
    .none {
      margin: 0;
      padding: 0 0.75rem;
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
  readonly error = this.#trades.error;
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
