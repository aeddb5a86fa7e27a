import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { NEVER, Subject } from 'rxjs';
import { run } from '../../lib/cli/run.js';
import type { Output } from '../../lib/cli/terminal/io.js';
import { buildPage } from '../buildPage.js';
import type { Shot } from './shot.js';

/** Pictures of the page of `watch --web`: live, stale, and on a phone in the dark. */
export async function pageShots(browser: Browser, folder: string): Promise<readonly Shot[]> {
  const webFolder = mkdtempSync(join(tmpdir(), 'millrace-page-'));
  buildPage(webFolder);
  const signals = new Subject<void>();
  const address = new Subject<string>();
  const out: Output = {
    isTTY: false,
    write: (text) => {
      const [, url] = /page +(\S+)/.exec(text) ?? [];
      if (url !== undefined) address.next(url);
      return true;
    },
    drained: NEVER,
    broken: NEVER,
    size: () => ({ columns: 80, rows: 24 }),
    resized: NEVER,
  };
  const io = { out, err: out, keys: NEVER, signals, coloured: false, unicode: true, webFolder };
  const page = await browser.newPage({ viewport: { width: 1_200, height: 760 } });
  const opened = new Promise<void>((resolve) => {
    address.subscribe((url) => {
      void page.goto(url).then(() => {
        resolve();
      });
    });
  });
  const faults = 'drop@5s,slowSnapshot=3s@4s+5s';
  const running = run(['watch', 'BTCUSDT', 'ETHUSDT', '--faults', faults, '--web', '--port', '0'], io);
  await opened;
  const shoot = (name: string): Promise<unknown> => page.screenshot({ path: join(folder, `${name}.png`) });

  await page.locator('.status.live').nth(1).waitFor();
  await page.waitForTimeout(1_500);
  await shoot('page-live');
  await page.waitForSelector('.status.stale', { state: 'attached' });
  await shoot('page-stale');
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 400, height: 760 });
  await shoot('page-phone');

  signals.next();
  await running;
  await page.close();
  rmSync(webFolder, { recursive: true });
  return [
    { name: 'page-live', words: 'The page of `watch --web`: books that are live' },
    { name: 'page-stale', words: 'The page: a book that is stale' },
    { name: 'page-phone', words: 'The page on a phone, in the dark' },
  ];
}
