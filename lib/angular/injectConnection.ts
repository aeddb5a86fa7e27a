import type { Signal } from '@angular/core';
import { type Observable, map, scan } from 'rxjs';
import { checkOptions } from '../errors/optionRules.js';
import type { ConnectionState } from '../model/connection.js';
import { exchangeOf } from './exchangeOf.js';
import type { ExchangeSource } from './exchangeToken.js';
import { injectStream } from './injectStream.js';
import { type InjectOptions, anInjector, injectorOf } from './injectorOf.js';

/** What an exchange tells of its wires. */
export interface ConnectionExchange {
  readonly connection$: Observable<ConnectionState>;
}

/**
 * Where each wire of an exchange stands that somebody needs, in the order in which they were opened. Empty while none is
 * needed. Changes at once, not at a window's end.
 *
 * @param exchange The token of an exchange, or one. Being told of its wires opens none.
 * @throws InvalidArgumentError for options that can't be meant.
 */
export function injectConnection(
  exchange: ExchangeSource<ConnectionExchange>,
  options: InjectOptions = {},
): Signal<readonly ConnectionState[]> {
  checkOptions('options', options, { injector: anInjector });
  const injector = injectorOf(injectConnection, options);
  const { connection$ } = exchangeOf(exchange, injector);
  const states$ = connection$.pipe(scan(wiresAfter, new Map<string, ConnectionState>()), map(valuesOf));
  return injectStream(() => states$, { injector, initial: [], urgent: () => true }).value;
}

/** A wire that is idle may be gone, and its name may never come again. */
function wiresAfter(
  wires: ReadonlyMap<string, ConnectionState>,
  state: ConnectionState,
): ReadonlyMap<string, ConnectionState> {
  const after = new Map(wires);
  if (state.status === 'idle') after.delete(state.wire);
  else after.set(state.wire, state);
  return after;
}

const valuesOf = (wires: ReadonlyMap<string, ConnectionState>): readonly ConnectionState[] => [...wires.values()];
