import { InjectionToken } from '@angular/core';

/** Which venues are talked to. */
export interface Settings {
  /** Base of Binance's sockets; absent: the venue itself. */
  readonly binance?: string;
  /** Base of O2's sockets, where there is an account to show. */
  readonly o2?: string;
  readonly account?: string;
  readonly symbols: readonly string[];
  /** Whether the venue is a simulated one that this page may injure. */
  readonly isInjurable: boolean;
}

export const SETTINGS = new InjectionToken<Settings>('settings');

/** What is shown of a venue that does not say what it has. */
const USUAL = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT', 'BNBUSDT', 'XRPUSDT', 'DOGEUSDT', 'ADAUSDT', 'LINKUSDT'];

/**
 * What the address says, else what the server that the page came from says: `?venue=live` is Binance itself,
 * `?url=ws://127.0.0.1:9000` another `millrace simulate`, `&symbols=BTCUSDT,ETHUSDT` what of it is shown.
 */
export async function readSettings(): Promise<Settings> {
  const asked = new URLSearchParams(location.search);
  const url = asked.get('url');
  const symbols =
    asked
      .get('symbols')
      ?.toUpperCase()
      .split(',')
      .filter((symbol) => symbol !== '') ?? USUAL;
  if (url !== null) return { binance: url, symbols, isInjurable: false };
  if (asked.get('venue') === 'live') return { symbols, isInjurable: false };
  const answer = await fetch('settings.json');
  return answer.ok ? ((await answer.json()) as Settings) : { symbols, isInjurable: false };
}
