import { ChangeDetectionStrategy, Component, type ElementRef, inject, signal, viewChild } from '@angular/core';
import { injectBook } from 'millrace/angular';
import { AccountPanel } from './accountPanel';
import { BINANCE } from './app.config';
import { CandleChart } from './candleChart';
import { ConnectionPanel } from './connectionPanel';
import { DepthChart } from './depthChart';
import { Ladder } from './ladder';
import { QuoteBoard } from './quoteBoard';
import { SETTINGS } from './settings';
import { Tape } from './tape';
import { Theme } from './theme';

/** A busy book that says nothing for so long is not to be trusted, in ms. */
const SILENT_AFTER = 600;

@Component({
  selector: 'app-page',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AccountPanel, CandleChart, ConnectionPanel, DepthChart, Ladder, QuoteBoard, Tape],
  templateUrl: './page.html',
  styleUrl: './page.css',
  host: { '(document:keydown)': 'onKey($event)' },
})
export class Page {
  readonly settings = inject(SETTINGS);
  readonly theme = inject(Theme);
  readonly symbol = signal(this.settings.symbols[0] ?? '');
  readonly book = injectBook(BINANCE, this.symbol, { book: { silentAfter: SILENT_AFTER }, ageEvery: 100 });
  private readonly ladder = viewChild.required(Ladder);
  private readonly board = viewChild.required(QuoteBoard);
  private readonly help = viewChild.required<ElementRef<HTMLDialogElement>>('help');

  onKey(event: KeyboardEvent): void {
    const isElsewhere = event.target instanceof HTMLSelectElement || event.ctrlKey || event.metaKey || event.altKey;
    const act = isElsewhere ? undefined : this.#actions[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  }

  toggleHelp(): void {
    const { nativeElement: help } = this.help();
    if (help.open) help.close();
    else help.showModal();
  }

  readonly #actions: Readonly<Record<string, () => void>> = {
    j: () => this.board().step(1),
    k: () => this.board().step(-1),
    g: () => this.ladder().groupNext(),
    t: () => this.theme.next(),
    r: () => void this.book.reload(),
    '?': () => this.toggleHelp(),
  };
}
