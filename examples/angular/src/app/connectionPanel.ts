import { ChangeDetectionStrategy, Component, DOCUMENT, computed, inject, input } from '@angular/core';
import type { ConnectionState } from 'millrace';
import { injectConnection, injectExchange, injectFaults, injectStream } from 'millrace/angular';
import { filter, scan } from 'rxjs';
import { BINANCE } from './app.config';
import { clockTime } from './clockTime';
import { SETTINGS } from './settings';

/** Of faults, and of losses of a wire. */
const KEPT = 30;
const INJURIES = [
  ['drop', 'Lose a diff', 'One message of this book never arrives: a gap.'],
  ['crossed', 'Cross book', 'A diff puts a bid above the best ask.'],
  ['silence', 'Silence', 'The connection stays open and says nothing for 3 s.'],
  ['disconnect', 'Disconnect', 'The connection breaks.'],
  ['refuse', 'Refuse', 'The connection breaks, and new ones are refused for 4 s.'],
  ['stop', 'Stop 3 s', 'The venue is gone for 3 s.'],
] as const;

/** The wires, what went wrong, and buttons that make something go wrong. */
@Component({
  selector: 'app-connection-panel',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <header class="bar"><h2>Connection</h2></header>
    <ul class="wires" data-test="wires">
      @for (wire of wires(); track wire.name) {
        <li>
          <span class="name">{{ wire.name }}</span><span class="chip" [class]="wire.kind">{{ wire.status }}</span
          ><span class="detail">{{ wire.detail }}</span>
        </li>
      } @empty {
        <li><span class="detail">Nothing is open.</span></li>
      }
    </ul>
    @if (isInjurable) {
      <div class="injuries" role="group" aria-label="Injure the venue">
        @for (injury of injuries; track injury[0]) {
          <button type="button" [title]="injury[2]" [attr.data-injury]="injury[0]" (click)="injure(injury[0])">
            {{ injury[1] }}
          </button>
        }
      </div>
    }
    <h3>What went wrong, and was mended</h3>
    <ol class="faults" tabindex="0" aria-label="Faults" data-test="faults">
      @for (fault of faults(); track $index) {
        <li>
          <time>{{ fault.time }}</time><span
            ><b>{{ fault.type }}</b> {{ fault.message }}</span
          >
        </li>
      } @empty {
        <li class="none">Nothing so far.</li>
      }
    </ol>
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      min-height: 0;
    }
    ul,
    ol {
      list-style: none;
      margin: 0;
      padding: 0;
    }
    .wires {
      min-height: 3.6rem;
      padding: 0.35rem 0.75rem;
    }
    .wires li {
      display: grid;
      grid-template-columns: auto 5.4rem minmax(0, 1fr);
      align-items: center;
      gap: 0.5rem;
      height: 1.6rem;
    }
    .name {
      color: var(--muted);
    }
    .detail {
      color: var(--muted);
      white-space: nowrap;
      overflow: hidden;
      text-overflow: ellipsis;
    }
    .injuries {
      display: grid;
      grid-template-columns: 1fr 1fr 1fr;
      gap: 0.4rem;
      padding: 0.35rem 0.75rem 0.6rem;
    }
    .injuries button {
      padding: 0.4rem 0.2rem;
      white-space: nowrap;
    }
    h3 {
      margin: 0;
      padding: 0.35rem 0.75rem 0.15rem;
      font-size: 0.72rem;
      font-weight: 400;
      color: var(--muted);
      border-top: 1px solid var(--line);
    }
    .faults {
      height: 9.6rem;
      overflow: auto;
      contain: strict;
      padding: 0 0.75rem 0.4rem;
      font-size: 0.78rem;
    }
    .faults li {
      display: grid;
      grid-template-columns: 4.2rem 1fr;
      gap: 0.4rem;
      line-height: 1.5;
      padding-bottom: 0.2rem;
    }
    .faults time {
      color: var(--muted);
    }
    .faults span {
      overflow-wrap: anywhere;
    }
    .faults b {
      font-weight: 600;
    }
    .faults .none {
      display: block;
      color: var(--muted);
    }
  `,
})
export class ConnectionPanel {
  readonly symbol = input.required<string>();
  readonly isInjurable = inject(SETTINGS).isInjurable;
  readonly injuries = INJURIES;
  readonly #fetch = inject(DOCUMENT).defaultView;
  readonly #connection = injectConnection(BINANCE);
  readonly #faults = injectFaults(BINANCE, { last: KEPT });
  readonly #exchange = injectExchange(BINANCE);
  /** A lost wire is no fault: it is told beside the faults, and shown among them. */
  readonly #losses = injectStream(
    () =>
      this.#exchange.connection$.pipe(
        filter((state) => state.status === 'lost'),
        scan((kept: readonly Lost[], state) => [state, ...kept].slice(0, KEPT), []),
      ),
    { initial: [] },
  );

  readonly wires = computed(() => this.#connection().map(rowOf));
  readonly faults = computed(() =>
    [
      ...this.#faults(),
      ...this.#losses.value().map(({ at, wire, text }) => ({ at, type: 'lost', message: `${wire}: ${text}` })),
    ]
      .sort((one, other) => other.at - one.at)
      .slice(0, KEPT)
      .map(({ at, type, message }) => ({ time: clockTime(at), type, message })),
  );

  injure(kind: string): void {
    void this.#fetch?.fetch(`/venue/${kind}?symbol=${this.symbol()}`, { method: 'POST' });
  }
}

type Lost = Extract<ConnectionState, { readonly status: 'lost' }>;

const KINDS: Readonly<Record<ConnectionState['status'], string>> = {
  idle: '',
  connecting: 'stale',
  ready: 'live',
  lost: 'error',
  waiting: 'stale',
  closed: 'error',
};

const rowOf = (state: ConnectionState) => ({
  name: state.wire,
  status: state.status,
  kind: KINDS[state.status],
  detail: detailOf(state),
});

function detailOf(state: ConnectionState): string {
  switch (state.status) {
    case 'connecting':
      return `attempt ${String(state.attempt)}`;
    case 'waiting':
      return `attempt ${String(state.attempt)} in ${(state.ms / 1_000).toFixed(1)} s`;
    case 'lost':
      return state.text;
    case 'ready':
      return `since ${clockTime(state.at)}`;
    default:
      return '';
  }
}
