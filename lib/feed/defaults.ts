import { platformNetwork } from '#platform';
import { asyncScheduler } from 'rxjs';
import { InvalidArgumentError } from '../errors/invalidArgumentError.js';
import { defaultBackoff } from '../socket/backoff.js';
import type { ExchangeOptions } from './exchange.js';

/**
 * What an exchange is made with where the caller says nothing. The one place that names the platform's own.
 *
 * @throws InvalidArgumentError for a duration that is none.
 */
export function withDefaults(options: ExchangeOptions): Required<ExchangeOptions> & { backoff: typeof defaultBackoff } {
  for (const field of ['linger', 'wireLinger', 'confirmWithin', 'handshakeWithin'] as const) {
    checkDuration(field, options[field]);
  }
  for (const field of ['base', 'cap', 'stableAfter'] as const)
    checkDuration(`backoff.${field}`, options.backoff?.[field]);
  return {
    network: options.network ?? platformNetwork(),
    scheduler: options.scheduler ?? asyncScheduler,
    random: options.random ?? Math.random,
    backoff: { ...defaultBackoff, ...options.backoff },
    linger: options.linger ?? 1_000,
    wireLinger: options.wireLinger ?? 1_000,
    confirmWithin: options.confirmWithin ?? 10_000,
    handshakeWithin: options.handshakeWithin ?? 10_000,
  };
}

function checkDuration(field: string, value: number | undefined): void {
  // Also true for NaN.
  if (value !== undefined && !(value >= 0)) throw new InvalidArgumentError(field, 'a number of ms from 0 on', value);
}
