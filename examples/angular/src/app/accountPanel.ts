import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { injectAccount } from 'millrace/angular';
import { O2 } from './app.config';
import { SETTINGS } from './settings';

/** What an account holds, and its open orders: at another venue than the books, over a socket of its own. */
@Component({
  selector: 'app-account-panel',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <header class="bar">
      <h2>Account</h2>
      <span class="chip" [class]="balances.status()">{{
        balances.status() === 'live' ? 'live' : balances.status() === 'stale' ? 'stale' : 'loading'
      }}</span>
    </header>
    <div class="scroll" [class.void]="balances.status() !== 'live'">
      <div class="assets">
        <table>
          <colgroup>
            <col style="width: 26%" />
            <col />
            <col />
          </colgroup>
          <thead>
            <tr>
              <th scope="col">Asset</th>
              <th scope="col">Free</th>
              <th scope="col">In orders</th>
            </tr>
          </thead>
          <tbody>
            @for (row of assets(); track row.id) {
              <tr [title]="row.exact">
                <th scope="row">{{ row.name }}</th>
                <td>{{ row.free }}</td>
                <td>{{ row.locked }}</td>
              </tr>
            }
          </tbody>
        </table>
      </div>
      <table>
        <colgroup>
          <col style="width: 44%" />
          <col />
          <col />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">Open orders</th>
            <th scope="col">Price</th>
            <th scope="col">Size</th>
          </tr>
        </thead>
        <tbody>
          @for (row of open(); track row.id) {
            <tr [class]="row.side">
              <th scope="row">{{ row.side === 'buy' ? 'Buy' : 'Sell' }} {{ row.market }}</th>
              <td>{{ row.price }}</td>
              <td>{{ row.size }}</td>
            </tr>
          } @empty {
            <tr>
              <td colspan="3" class="none">None.</td>
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
      min-height: 10rem;
      height: 0;
    }
    table {
      width: 100%;
      table-layout: fixed;
      margin-bottom: 0.5rem;
    }
    .assets + table {
      border-top: 1px solid var(--line);
    }
    thead th {
      color: var(--muted);
      font-weight: 400;
      font-size: 0.72rem;
      text-align: right;
      padding: 0.3rem 0.75rem 0.2rem 0;
    }
    thead th:first-child,
    tbody th {
      text-align: left;
      padding-left: 0.75rem;
      white-space: nowrap;
      overflow: hidden;
      text-overflow: ellipsis;
    }
    tbody th {
      font-weight: 500;
    }
    td {
      text-align: right;
      padding: 0.14rem 0.75rem 0.14rem 0;
      white-space: nowrap;
      overflow: hidden;
      text-overflow: ellipsis;
    }
    .buy th {
      color: var(--buy);
    }
    .sell th {
      color: var(--sell);
    }
    .none {
      text-align: left;
      padding-left: 0.75rem;
      color: var(--muted);
    }
    .void table {
      filter: grayscale(1);
      opacity: 0.45;
    }
  `,
})
export class AccountPanel {
  readonly #account = inject(SETTINGS).account;
  readonly balances = injectAccount(O2, (o2) => (this.#account === undefined ? undefined : o2.balances(this.#account)));
  readonly #orders = injectAccount(O2, (o2) =>
    this.#account === undefined ? undefined : o2.openOrders(this.#account),
  );

  readonly assets = computed(() =>
    (this.balances.value() ?? []).map(({ assetId, asset, exact, locked, unlocked }) => ({
      id: assetId,
      name: asset?.symbol ?? `${assetId.slice(0, 8)}…`,
      free: amountOf(unlocked),
      locked: amountOf(locked),
      exact: `${exact.unlocked ?? ''} free, ${exact.locked ?? ''} in orders`,
    })),
  );
  readonly open = computed(() =>
    (this.#orders.value() ?? []).map(({ id, side, market, exact }) => ({
      id,
      side,
      market: market?.pair ?? '',
      price: exact.price ?? '—',
      size: exact.size ?? '—',
    })),
  );
}

/** Short enough for its column; the exact text is in the title. */
const amountOf = (amount: number | undefined): string =>
  amount === undefined ? '—' : amount.toLocaleString('en', { maximumFractionDigits: amount < 10_000 ? 4 : 0 });
