import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { of, VirtualTimeScheduler } from 'rxjs';
import { inputs } from '../../lib/cli/commands/inputs.js';
import { paintFor } from '../../lib/cli/render/paint.js';
import { screen } from '../../lib/cli/render/screen.js';
import { binanceVenue } from '../../lib/cli/venues/binance.js';
import { begin } from '../../lib/cli/view/advance.js';
import { watchOf, type Watch } from '../../lib/cli/view/watch.js';
import { advanceWatch } from '../../lib/cli/view/advanceWatch.js';
import { parseFaults, simulatedBinance } from '../../lib/simulation/index.js';
import { ansiHtml } from './ansiHtml.js';
import type { Shot } from './shot.js';

const INSTRUMENTS = ['BTCUSDT', 'ETHUSDT'];
const SIZE = { columns: 110, rows: 32 };

/** The watch after so many ms of a simulated market, by whose demonstration something is lost after 8 s. */
function watchAt(ms: number): Watch {
  const scheduler = new VirtualTimeScheduler(undefined, ms);
  const { faults, note } = binanceVenue.demonstration;
  const venue = simulatedBinance({ seed: 7, scheduler, faults: parseFaults(faults) });
  const feed = binanceVenue.open({ market: 'spot', network: venue.network, scheduler, random: () => 0.5 });
  const subjects = INSTRUMENTS.map((instrument) => ({
    venue: 'binance',
    market: 'spot',
    instrument,
    channel: 'book' as const,
    origin: 'simulated',
    notes: [note],
  }));
  let watch = watchOf(...subjects.map((subject) => begin(subject, scheduler.now())));
  inputs(
    feed,
    { channel: 'book', interval: '1m' },
    feed.socket,
    scheduler,
  )(of(new Set(INSTRUMENTS))).subscribe((event) => (watch = advanceWatch(watch, event)));
  scheduler.flush();
  // What closing tells is not to be seen.
  const seen = watch;
  feed.close();
  return seen;
}

/** Pictures of the terminal: a live book, and one that is stale. */
export async function terminalShots(browser: Browser, folder: string): Promise<readonly Shot[]> {
  const shots = [
    { name: 'terminal-live', words: 'The terminal: books that are live', at: 7_500 },
    { name: 'terminal-stale', words: 'The terminal: a book that is stale', at: 10_500 },
  ];
  const page = await browser.newPage({ viewport: { width: 1_000, height: 640 } });
  for (const { name, at } of shots) {
    await page.setContent(ansiHtml(screen(watchAt(at), SIZE, undefined, paintFor(true))));
    await page.locator('pre').screenshot({ path: join(folder, `${name}.png`) });
  }
  await page.close();
  return shots;
}
