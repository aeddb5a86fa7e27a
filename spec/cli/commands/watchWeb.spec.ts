import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { filter, firstValueFrom, type Observable } from 'rxjs';
import { WebSocket } from 'ws';
import { EXIT } from '../../../lib/cli/exitCode.js';
import { run } from '../../../lib/cli/run.js';
import type { Exchange } from '../../../lib/feed/exchange.js';
import type { BookState } from '../../../lib/model/bookState.js';
import { relayed } from '../../../lib/relay/index.js';
import { wsNetwork } from '../../../lib/node/wsNetwork.js';
import { fakeIo } from '../support/fakeIo.js';

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const folder = mkdtempSync(join(tmpdir(), 'millrace-'));
beforeAll(() => {
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/buildWeb.ts', folder]);
  expect(status).toBe(0);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** `watch --web` until `act` is done. */
async function served(
  act: (url: string) => Promise<void>,
  line = 'watch --simulated --faults none BTCUSDT ETHUSDT --web --port 0',
): Promise<string> {
  const io = fakeIo(false, folder);
  const running = run(line.split(' '), io);
  await io.out.said('Ctrl-C');
  try {
    await act(/page +(\S+)/.exec(io.out.text())?.[1] ?? '');
  } finally {
    io.signals.next('SIGINT');
  }
  expect(await running).toBe(EXIT.fine);
  return io.out.text();
}

const got = (url: string, headers: Readonly<Record<string, string>> = {}): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    request(url, { headers }, (response) => resolve(response.resume()))
      .once('error', reject)
      .end();
  });
const upgraded = (url: string, headers: Readonly<Record<string, string>>): Promise<string> =>
  new Promise((resolve) => {
    const socket = new WebSocket(url.replace('http', 'ws'), { headers });
    socket.once('open', () => {
      socket.terminate();
      resolve('open');
    });
    socket.once('error', ({ message }) => resolve(message));
  });

interface ShownVenue extends Exchange {
  book(instrument: string): Observable<BookState>;
}

describe('watch --web', () => {
  it('serves the page and its streams to this machine, and to nobody else', async () => {
    await served(async (url) => {
      const page = await got(url);
      expect([page.statusCode, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
      expect(page.headers['content-security-policy']).toContain("default-src 'none'");
      expect((await got(`${url}page.js`)).statusCode).toBe(200);
      expect((await got(`${url}../package.json`)).statusCode).toBe(404);

      const { host } = new URL(url);
      expect((await got(url, { host: 'evil.test' })).statusCode).toBe(403);
      expect((await got(`${url}settings.json`, { origin: 'http://evil.test' })).statusCode).toBe(403);
      expect(await upgraded(url, { origin: 'http://evil.test' })).toContain('403');
      expect(await upgraded(url, { host: 'evil.test', origin: 'http://evil.test' })).toContain('403');
      expect(await upgraded(url, { origin: `http://${host}` })).toBe('open');

      const exchange = relayed<ShownVenue>({
        venue: 'binance-spot',
        url: url.replace('http', 'ws'),
        network: wsNetwork(),
      });
      const live$ = exchange.book('ETHUSDT').pipe(filter(({ status }) => status === 'live'));
      expect(await firstValueFrom(live$)).toMatchObject({ book: { instrument: 'ETHUSDT' } });
      exchange.close();
    });
  });

  it('takes another port where its own is taken, but not where one was asked for', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as AddressInfo;
    const io = fakeIo(false, folder);

    expect(await run(`watch --simulated --web --port ${port}`.split(' '), io)).toBe(EXIT.failed);
    expect(io.err.text()).toContain('EADDRINUSE');
    expect(io.out.text()).toBe('');
    await served(async (first) => {
      await served(async (second) => {
        expect(second).not.toBe(first);
        expect((await got(second)).statusCode).toBe(200);
      }, 'watch --simulated --web');
    }, 'watch --simulated --web');
    taken.close();
  });

  it('says how the page is built where it is not', async () => {
    const io = fakeIo(false, join(folder, 'none'));

    expect(await run(['watch', '--simulated', '--web'], io)).toBe(EXIT.misuse);
    expect(io.err.text()).toMatch(
      /^millrace: the page is not built: npm run build:web \(.*index.html is not there\)\n$/,
    );
  });

  // In CI there is one: without it the test fails.
  (existsSync(CHROMIUM) || process.env['CI'] !== undefined ? it : it.skip)(
    'shows in a browser that a book is live, that it is stale, and what there was',
    async () => {
      // Lost again and again: a page that opens late misses the first.
      const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
      await served(async (url) => {
        const page = await browser.newPage();
        // Well within the test's own time, so that what is missing is named.
        page.setDefaultTimeout(15_000);
        const errors: string[] = [];
        page.on('pageerror', ({ message }) => errors.push(message));
        page.on('console', (message) => errors.push(message.text()));
        await page.goto(url);
        await page.waitForSelector('.status.live');
        const prices = await page.locator('.bids td:first-child').allTextContents();
        expect(prices.filter((text) => Number(text) > 0)).toHaveLength(10);
        await page.waitForSelector('.not-live .status.stale', { state: 'attached' });
        await page.waitForSelector('.faults .well:text("live")', { state: 'attached' });
        for (const drawn of ['.depth .bid', '.depth .ask', '.line .mid']) {
          await page.waitForSelector(`${drawn}[d*="M"]`, { state: 'attached' });
        }
        await page.selectOption('.grouping >> nth=0', { index: 2 });
        await page.waitForFunction(() => /^\d+$/.test(document.querySelector('.bids td')?.textContent ?? ''));
        expect(errors).toEqual([]);
      }, 'watch --simulated --faults drop@2500ms/5s,slowSnapshot=800ms@2s+10m --web --port 0').finally(() =>
        browser.close(),
      );
    },
  );

  (existsSync(CHROMIUM) || process.env['CI'] !== undefined ? it : it.skip)(
    'injures the simulated venue, and shows the board and the account',
    async () => {
      const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
      await served(async (url) => {
        const page = await browser.newPage();
        page.setDefaultTimeout(15_000);
        await page.goto(url);
        const [eth, none] = [page.locator('.board tbody tr').nth(0), page.locator('.board tbody tr').nth(1)];
        await page.waitForSelector('.status.live');
        await page.waitForSelector('.status.refused');
        expect(await none.textContent()).toBe('NO/SUCHrefused');
        expect(await eth.getByRole('link').getAttribute('href')).toBe('#market-ETH%2FUSDT');
        await page.waitForSelector('.account .status.live >> nth=1');
        expect(await page.locator('.account h2').allTextContents()).toEqual(['orders', 'balances']);
        expect(await page.locator('.account tbody tr').count()).toBeGreaterThan(3);

        await page.click('[data-injury=disconnect]');
        await page.waitForSelector('.board tr.not-live td:text("disconnected")');
        await page.waitForSelector('.board tbody tr:first-child td:text("live")', { timeout: 40_000 });
        const told = await page.locator('.faults .ill:text("injury") + span').allTextContents();
        expect(told).toEqual(['the venue is to break the connection']);
      }, 'watch --venue o2 --simulated --faults none ETH/USDT NO/SUCH --web --port 0').finally(() => browser.close());
    },
  );

  it('takes injuries of its own page alone, by the names that there are', async () => {
    await served(async (url) => {
      const { origin } = new URL(url);
      const post = (path: string, from?: string): Promise<number> =>
        fetch(`${origin}${path}`, { method: 'POST', ...(from !== undefined && { headers: { origin: from } }) }).then(
          ({ status }) => status,
        );
      expect(await post('/injure?name=drop', origin)).toBe(200);
      expect(await post('/injure?name=nothing', origin)).toBe(404);
      expect(await post('/injure?name=drop', 'http://evil.test')).toBe(403);
      expect((await got(`${url}injure?name=drop`)).statusCode).toBe(404);
      expect(await (await fetch(`${url}tables.json`)).json()).toEqual([]);
    });
  });
});
