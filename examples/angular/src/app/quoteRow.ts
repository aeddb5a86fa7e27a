import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import type { Quote } from 'millrace';
import { Digits, withDecimals } from './digits';

/** One instrument on the board. Angular looks at it again when its quote is another one, and not when those beside it are. */
@Component({
  selector: 'app-quote-row',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <span role="rowheader">
      <button type="button" [attr.aria-pressed]="isChosen()" (click)="choose.emit()">{{ symbol() }}</button>
    </span>
    @if (error(); as error) {
      <span class="error" role="cell" aria-colspan="2" [title]="error.message">refused</span>
    } @else {
      <span role="cell">{{ texts().bid }}</span>
      <span role="cell">{{ texts().ask }}</span>
    }
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: 33% minmax(0, 1fr) minmax(0, 1fr);
      align-items: center;
      height: 1.85rem;
      contain: strict;
      content-visibility: auto;
      cursor: pointer;
    }
    :host(:hover) {
      background: var(--sunken);
    }
    :host(.chosen) {
      background: var(--chosen);
      box-shadow: inset 3px 0 var(--accent);
    }
    button {
      all: unset;
      cursor: pointer;
      display: block;
      box-sizing: border-box;
      width: 100%;
      line-height: 1.85rem;
      padding-left: 0.75rem;
      font-weight: 500;
    }
    button:focus-visible {
      outline: 2px solid var(--accent);
      outline-offset: -2px;
    }
    [role='cell'] {
      text-align: right;
      padding-right: 0.75rem;
      overflow: hidden;
      white-space: nowrap;
    }
    .error {
      grid-column: 2 / span 2;
      color: var(--bad);
    }
  `,
  host: {
    role: 'row',
    '[class.chosen]': 'isChosen()',
    '[attr.data-symbol]': 'symbol()',
    '(click)': 'choose.emit()',
  },
})
export class QuoteRow {
  readonly symbol = input.required<string>();
  readonly quote = input.required<Quote | undefined>();
  readonly error = input.required<Error | undefined>();
  readonly isChosen = input.required<boolean>();
  readonly choose = output();
  readonly #digits = inject(Digits);

  readonly texts = computed(() => {
    const { bid, ask } = this.quote() ?? {};
    const prices = [bid?.exact.price, ask?.exact.price].filter((text) => text !== undefined);
    const decimals = this.#digits.of('price', this.symbol(), prices);
    const textOf = (price: string | undefined): string => (price === undefined ? '—' : withDecimals(price, decimals));
    return { bid: textOf(bid?.exact.price), ask: textOf(ask?.exact.price) };
  });
}
