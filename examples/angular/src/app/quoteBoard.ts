import { ChangeDetectionStrategy, Component, computed, inject, input, model } from '@angular/core';
import { injectConnection, injectQuotes } from 'millrace/angular';
import { BINANCE } from './app.config';
import { Digits, withDecimals } from './digits';

/** Best bid and ask of many instruments; one of them is chosen. */
@Component({
  selector: 'app-quote-board',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <header class="bar">
      <h2>Markets</h2>
      <span class="note">{{ rows().length }}</span>
    </header>
    <div
      class="scroll"
      [class.void]="isCutOff()"
      [title]="isCutOff() ? 'Not connected: the last quotes there were' : ''"
    >
      <table>
        <colgroup>
          <col style="width: 33%" />
          <col />
          <col />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">Symbol</th>
            <th scope="col">Bid</th>
            <th scope="col">Ask</th>
          </tr>
        </thead>
        <tbody>
          @for (row of rows(); track row.symbol) {
            <tr
              [class.chosen]="row.symbol === symbol()"
              (click)="symbol.set(row.symbol)"
              [attr.data-symbol]="row.symbol"
            >
              <th scope="row">
                <button type="button" [attr.aria-pressed]="row.symbol === symbol()">{{ row.symbol }}</button>
              </th>
              @if (row.error) {
                <td colspan="2" class="error" [title]="row.error">refused</td>
              } @else {
                <td class="bid">{{ row.bid }}</td>
                <td class="ask">{{ row.ask }}</td>
              }
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
      min-height: 16rem;
      height: 0;
    }
    table {
      width: 100%;
      table-layout: fixed;
    }
    thead th {
      position: sticky;
      top: 0;
      background: var(--raised);
      color: var(--muted);
      font-weight: 400;
      font-size: 0.72rem;
      text-align: right;
      padding: 0.3rem 0.75rem 0.3rem 0;
      z-index: 1;
    }
    thead th:first-child {
      text-align: left;
      padding-left: 0.75rem;
    }
    tbody tr {
      cursor: pointer;
    }
    tbody tr:hover {
      background: var(--sunken);
    }
    tbody th {
      text-align: left;
      font-weight: 500;
      padding: 0;
    }
    tbody button {
      all: unset;
      cursor: pointer;
      display: block;
      width: 100%;
      box-sizing: border-box;
      padding: 0.22rem 0 0.22rem 0.75rem;
    }
    tbody button:focus-visible {
      outline: 2px solid var(--accent);
      outline-offset: -2px;
    }
    td {
      text-align: right;
      padding-right: 0.75rem;
      overflow: hidden;
      white-space: nowrap;
    }
    .chosen {
      background: var(--chosen);
      box-shadow: inset 3px 0 var(--accent);
    }
    .chosen:hover {
      background: var(--chosen);
    }
    .error {
      color: var(--bad);
    }
    .void td {
      filter: grayscale(1);
      opacity: 0.42;
    }
  `,
})
export class QuoteBoard {
  readonly symbols = input.required<readonly string[]>();
  readonly symbol = model.required<string>();
  readonly #digits = inject(Digits);
  readonly #quotes = injectQuotes(BINANCE, () => this.symbols());
  readonly rows = computed(() => {
    const [quotes, errors] = [this.#quotes(), this.#quotes.errors()];
    return this.symbols().map((symbol) => {
      const quote = quotes.get(symbol);
      const texts = [quote?.bid?.exact.price, quote?.ask?.exact.price];
      const decimals = this.#digits.of(
        'price',
        symbol,
        texts.filter((text) => text !== undefined),
      );
      const [bid, ask] = texts.map((text) => (text === undefined ? '—' : withDecimals(text, decimals)));
      return { symbol, bid, ask, error: errors.get(symbol)?.message };
    });
  });

  readonly #wires = injectConnection(BINANCE);
  /** A quote does not say itself whether anybody still follows it. */
  readonly isCutOff = computed(() => this.#wires().some(({ status }) => status !== 'ready'));

  /** The one after the chosen one, or before it. */
  step(by: 1 | -1): void {
    const symbols = this.symbols();
    const next = symbols[symbols.indexOf(this.symbol()) + by];
    if (next !== undefined) this.symbol.set(next);
  }
}
