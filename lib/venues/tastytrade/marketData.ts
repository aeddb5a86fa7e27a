import { map } from 'rxjs';
import { check } from '../../errors/checks.js';
import { anObject, checkKind } from '../../errors/optionRules.js';
import { type DxLinkExchange, type DxLinkOptions, dxlink } from '../dxlink/index.js';
import type { TastytradeExchange } from './exchange.js';

/** What of dxLink's options the quote token does not settle. */
export type TastytradeMarketDataOptions = Omit<DxLinkOptions, 'venue' | 'url' | 'credentials'>;

/**
 * tastytrade's market data: dxLink at the address and with the token that the venue gives a user. Both are asked for anew
 * before each attempt and ahead of each token's end. A function of its own, so that who follows accounts only does not
 * carry it.
 *
 * @param account Whose token it is.
 * @param options `network` and `scheduler` too, where they are not the platform's own.
 * @throws InvalidArgumentError (at the call) for what can't be meant.
 * @throws (on its streams) AuthenticationRefusedError where the login is refused, or the user has no right to quotes.
 */
export function marketData(
  account: Pick<TastytradeExchange, 'quoteToken'>,
  options: TastytradeMarketDataOptions = {},
): DxLinkExchange {
  const hasToken = typeof (Object(account) as { readonly quoteToken?: unknown }).quoteToken === 'function';
  check('account', hasToken, 'what tastytrade() returns', typeof account);
  checkKind('options', anObject, options);
  for (const field of ['venue', 'url', 'credentials']) {
    check(field, !(field in options), 'none: the quote token settles it', field);
  }
  return dxlink({
    ...options,
    venue: 'tastytrade',
    credentials: () => account.quoteToken().pipe(map(({ url, token, expiresAt }) => ({ url, token, expiresAt }))),
  });
}
