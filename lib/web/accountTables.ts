import { type Subscription, catchError, defer, exhaustMap, of, timer } from 'rxjs';
import { element } from './element.js';
import type { WebTable } from './settings.js';

/** How often the account is asked for anew, in ms. */
const EVERY = 1_000;

/** What an account holds, as tables: asked of whoever serves the page. */
export class AccountTables {
  readonly node = element('section', 'account');
  #shown = '';

  /** Shows them until it is unsubscribed. Without an answer nothing that is shown can be trusted. */
  show(): Subscription {
    return timer(0, EVERY)
      .pipe(
        exhaustMap(() =>
          defer(async () => {
            const response = await fetch('tables.json');
            return (await response.json()) as readonly WebTable[];
          }).pipe(catchError(() => of(undefined))),
        ),
      )
      .subscribe((tables) => {
        this.node.classList.toggle('not-live', tables === undefined);
        if (tables !== undefined) this.#draw(tables);
      });
  }

  #draw(tables: readonly WebTable[]): void {
    const text = JSON.stringify(tables);
    if (text === this.#shown) return;
    this.#shown = text;
    this.node.replaceChildren(...tables.map(tableNode));
  }
}

function tableNode({ name, status, columns, rows }: WebTable): HTMLElement {
  const cells = (kind: 'th' | 'td', texts: readonly string[]): readonly HTMLElement[] =>
    texts.map((text, column) => element(kind, columns[column]?.right === true ? 'right' : 'left', text));
  const names = columns.map((column) => column.name);
  const body = rows.map((row) => element('tr', '', ...cells('td', row)));
  const state = element('span', `status ${status.replace(/:.*/, '')}`, status);
  const node = element(
    'div',
    status === 'live' ? '' : 'not-live',
    element('div', 'title', element('h2', '', name), state),
  );
  const table = element('table', '', element('thead', '', element('tr', '', ...cells('th', names))));
  table.append(element('tbody', '', ...body));
  node.append(table);
  if (rows.length === 0) node.append(element('p', 'muted', 'nothing'));
  return node;
}
