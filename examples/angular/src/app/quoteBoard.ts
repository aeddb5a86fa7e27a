import { ChangeDetectionStrategy, Component, ElementRef, computed, inject, input, model } from '@angular/core';
import { injectConnection, injectQuotes } from 'millrace/angular';
import { BINANCE } from './app.config';
import { QuoteRow } from './quoteRow';

/** Best bid and ask of many instruments; one of them is chosen. */
@Component({
  selector: 'app-quote-board',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [QuoteRow],
  template: `
    <header class="bar">
      <h2>Markets</h2>
      <span class="note">{{ symbols().length }}</span>
    </header>
    <div
      class="scroll"
      [class.void]="isCutOff()"
      [title]="isCutOff() ? 'Not connected: the last quotes there were' : ''"
    >
      <div role="table" aria-label="Markets">
        <div class="head" role="row">
          <span role="columnheader">Symbol</span>
          <span role="columnheader">Bid</span>
          <span role="columnheader">Ask</span>
        </div>
        @for (each of symbols(); track each) {
          <app-quote-row
            [symbol]="each"
            [quote]="quotes().get(each)"
            [error]="quotes.errors().get(each)"
            [isChosen]="each === symbol()"
            (choose)="symbol.set(each)"
          />
        } @empty {
          <p class="none">No market was named.</p>
        }
      </div>
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
      contain: strict;
    }
    .head {
      position: sticky;
      top: 0;
      z-index: 1;
      display: grid;
      grid-template-columns: 33% minmax(0, 1fr) minmax(0, 1fr);
      background: var(--raised);
      color: var(--muted);
      font-size: 0.72rem;
      padding: 0.3rem 0;
    }
    .head span {
      text-align: right;
      padding-right: 0.75rem;
    }
    .head span:first-child {
      text-align: left;
      padding-left: 0.75rem;
    }
    .none {
      margin: 0.5rem 0.75rem;
      color: var(--muted);
    }
    .void app-quote-row {
      color: var(--muted);
      opacity: 0.6;
    }
  `,
})
export class QuoteBoard {
  readonly symbols = input.required<readonly string[]>();
  readonly symbol = model.required<string>();
  readonly #place = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly quotes = injectQuotes(BINANCE, () => this.symbols());

  readonly #wires = injectConnection(BINANCE);
  /** A quote does not say itself whether anybody still follows it. */
  readonly isCutOff = computed(() => this.#wires().some(({ status }) => status !== 'ready'));

  /** The one after the chosen one, or before it. */
  step(by: 1 | -1): void {
    const symbols = this.symbols();
    const next = symbols[symbols.indexOf(this.symbol()) + by];
    if (next === undefined) return;
    this.symbol.set(next);
    this.#place.querySelector(`[data-symbol="${CSS.escape(next)}"]`)?.scrollIntoView({ block: 'nearest' });
  }
}
