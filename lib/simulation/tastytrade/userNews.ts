import type { Random } from '../random.js';
import { dateText, timeText } from './money.js';
import type { Notice } from './words.js';

/** News of no account, by the action that asks for them. */
export function userNews(
  now: number,
  symbols: readonly string[],
  draw: Random,
): readonly (readonly [string, Notice])[] {
  const at = timeText(now);
  const [symbol = 'AAPL'] = symbols;
  return [
    [
      'quote-alerts-subscribe',
      {
        type: 'QuoteAlert',
        data: {
          'alert-external-id': `alert-${Math.floor(draw() * 1e6)}`,
          'user-external-id': 'U0001',
          symbol,
          'dx-symbol': symbol,
          'instrument-type': 'Equity',
          field: 'Last',
          operator: '>',
          threshold: '200.00',
          'threshold-numeric': 200,
          provider: 'dxfeed',
          'created-at': at,
          'triggered-at': at,
          'completed-at': at,
          'expires-at': now + 86_400_000,
        },
      },
    ],
    [
      'public-watchlists-subscribe',
      {
        type: 'PublicWatchlists',
        data: {
          name: 'High Options Volume',
          'group-name': 'tastytrade',
          'order-index': 3,
          'cms-id': 'blt-high-options-volume',
          'watchlist-entries': symbols.map((one) => ({ symbol: one, 'instrument-type': 'Equity' })),
        },
      },
    ],
    // The payload of user messages is not documented: this one is made up.
    ['user-message-subscribe', { type: 'UserMessage', data: { text: `It is ${dateText(now)}` } }],
  ];
}
