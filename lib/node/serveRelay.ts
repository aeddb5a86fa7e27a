import { aBoolean, aNumber, aText, anything, checkOptions } from '../errors/optionRules.js';
import { check } from '../errors/checks.js';
import { Bridge } from '../relay/bridge/bridge.js';
import type { Bus } from '../relay/index.js';
import { type ServedVenue, serve } from './serve.js';

/** Where a relay listens, and to whom. */
export interface ServeRelayConfig {
  /** Default: 0, a port that the system chooses. */
  readonly port?: number;
  /** Default: `127.0.0.1`, so that nobody outside this machine can reach it. Any other takes a `token`. */
  readonly host?: string;
  /** The pages that may connect, by their origins: `https://example.com`. Programs that are no pages need none. */
  readonly origins?: readonly string[];
  /** What everybody who connects must show: `Authorization: Bearer …`, or `?token=…` where a page can't. */
  readonly token?: string;
  /** Whether streams of accounts may be heard as well; takes a `token`. Default: they may not. */
  readonly accounts?: boolean;
  /** How much may wait for a client that does not read, in bytes; beyond it the client is cut off. Default: 4 Mi. */
  readonly maxHeld?: number;
}

const rules = { port: aNumber, host: aText, origins: anything, token: aText, accounts: aBoolean, maxHeld: aNumber };
const LOOPBACK = /^(127(\.\d{1,3}){3}|localhost|::1)$/;
/** No command is longer, in bytes. */
const COMMAND = 4_096;

/**
 * Lets programs and pages have by WebSocket what gateways relay on a bus: `relayed({ url, venue })`. They hear the streams of
 * markets and can ask for them, and nothing else; those of accounts where that is granted.
 *
 * @throws (rejects) InvalidArgumentError for what can't be meant, also for an open port without a token, and with the
 *   system's error when the port can't be had.
 */
export async function serveRelay(
  bus: Bus,
  config: ServeRelayConfig = {},
): Promise<Pick<ServedVenue, 'url' | 'port' | 'dropped$' | 'close'>> {
  checkOptions('config', config, rules);
  const { port = 0, host = '127.0.0.1', origins = [], token, accounts = false, maxHeld = 2 ** 22 } = config;
  check('token', token !== undefined || LOOPBACK.test(host), 'a token where not only this machine can connect', 'none');
  const bridge = new Bridge(bus, { origins, accounts, ...(token !== undefined && { token }) });
  try {
    const served = await serve(bridge, { port, host, maxHeld, maxBody: COMMAND });
    return {
      url: served.url,
      port: served.port,
      dropped$: served.dropped$,
      close: async () => {
        bridge.close();
        await served.close();
      },
    };
  } catch (error) {
    bridge.close();
    throw error;
  }
}
