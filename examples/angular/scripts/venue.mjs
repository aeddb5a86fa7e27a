/**
 * A simulated Binance with an O2 for the account beside it, the page in front of them, and what injures them:
 *
 *     GET  /settings.json              where the venues are
 *     POST /venue/<injury>?symbol=…    see `injuries`
 *     GET  /venue/truth?symbol=…&sequence=…    the venue's own book
 *     GET  /venue/stats                what clients have subscribed
 */
import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve } from 'millrace/node';
import { simulatedAccountId, simulatedBinance, simulatedO2 } from 'millrace/simulation';
import { instruments as usual } from './instruments.mjs';

const dist = fileURLToPath(new URL('../dist', import.meta.url));
const types = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};

/** @param port Of the page; 0: one that the system chooses. */
export async function startVenue({ port = 0, instruments = usual, stepEvery = 50, activity = 4, seed = 7 } = {}) {
  const binance = simulatedBinance({ seed, instruments, stepEvery, activity });
  const o2 = simulatedO2({ seed, instruments: instruments.slice(0, 4), stepEvery: 400 });
  const account = await serve(o2);
  let venue = await serve(binance);
  let isStopped = false;

  const settings = {
    binance: venue.url,
    o2: account.url,
    account: simulatedAccountId(1),
    symbols: instruments.map(({ symbol }) => symbol),
    isInjurable: true,
  };

  // Snapshots come late after an injury, so that one sees what it is to have no right book.
  const late = () => binance.faults.inject('slowSnapshot', { count: 1, delay: 1_500 });
  const injuries = {
    drop: (symbol) => {
      late();
      binance.faults.inject('drop', { target: `${symbol.toLowerCase()}@depth`, count: 1 });
    },
    crossed: (symbol) => {
      late();
      binance.faults.inject('crossedBook', { target: `${symbol.toLowerCase()}@depth`, count: 1 });
    },
    silence: () => binance.faults.inject('silent', { for: 3_000 }),
    disconnect: () => {
      late();
      binance.faults.inject('terminate');
    },
    refuse: () => {
      binance.faults.inject('refuseConnections', { for: 4_000 });
      binance.faults.inject('terminate');
    },
    stop: async () => {
      if (isStopped) return;
      isStopped = true;
      const { port: own } = venue;
      await venue.close();
      setTimeout(async () => {
        venue = await serve(binance, { port: own });
        isStopped = false;
      }, 3_000);
    },
    rest: async () => {
      binance.market.stop();
      // A last step once every stream is due: with it all is told that there is to tell.
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      binance.market.step();
    },
  };

  const page = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://page');
    const symbol = url.searchParams.get('symbol') ?? 'BTCUSDT';
    const json = (value) => {
      response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
      response.end(JSON.stringify(value));
    };
    if (url.pathname === '/settings.json') return json(settings);
    if (url.pathname === '/venue/stats') return json(binance.stats());
    if (url.pathname === '/venue/truth') {
      const sequence = url.searchParams.get('sequence');
      return json(binance.market.trueBook(symbol, sequence === null ? undefined : Number(sequence)) ?? null);
    }
    if (request.method === 'POST' && url.pathname.startsWith('/venue/')) {
      const injury = injuries[url.pathname.slice('/venue/'.length)];
      if (injury !== undefined) {
        await injury(symbol);
        return json({});
      }
    }
    const file = join(dist, normalize(url.pathname === '/' ? '/index.html' : url.pathname));
    if (!file.startsWith(dist) || !existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' });
    return createReadStream(file).pipe(response);
  });
  await new Promise((resolve, reject) => {
    page.once('error', reject);
    page.listen(port, '127.0.0.1', resolve);
  });

  return {
    url: `http://127.0.0.1:${page.address().port}`,
    binance,
    settings,
    close: async () => {
      page.closeAllConnections();
      page.close();
      binance.close();
      o2.close();
      await Promise.all([venue.close(), account.close()]);
    },
  };
}
