/** The built page in a browser, on the simulated venue. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startVenue } from '../scripts/venue.mjs';
import { launch, noBrowser } from './browser.mjs';

if (noBrowser && process.env.CI) throw new Error(noBrowser);
const options = { skip: noBrowser };
const SECOND = 1_000;

let venue;
let browser;
let page;
const errors = [];

before(async () => {
  if (noBrowser) return;
  venue = await startVenue();
  browser = await launch();
  page = await opened();
});
after(async () => {
  await browser?.close();
  await venue?.close();
});

async function opened() {
  const made = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  // What a browser itself says of connections that are refused on purpose is no error of the page.
  made.on('console', (message) => {
    if (message.type() === 'error' && !/WebSocket|ERR_CONNECTION/.test(message.text())) errors.push(message.text());
  });
  made.on('pageerror', (error) => errors.push(error.message));
  await made.goto(venue.url);
  await isLive(made);
  return made;
}

const isLive = (of = page) => of.waitForSelector('[data-test=status].live', { timeout: 20 * SECOND });

/** What stands in the ladder, in one look. */
const shown = () =>
  page.evaluate(() => {
    const table = document.querySelector('[data-test=ladder]');
    const side = (name) =>
      [...table.querySelectorAll(`.row.${name}[data-price]`)].map((row) => [
        row.querySelector('.price').textContent,
        row.querySelector('.amount').textContent,
      ]);
    return { sequence: Number(table.dataset.sequence), bids: side('bid'), asks: side('ask').reverse() };
  });

const read = async (path) => (await fetch(`${venue.url}${path}`)).json();
const number = ([price, size]) => [Number(price), Number(size)];

/** The ladder is the venue's own book at its sequence, level by level. */
async function isTrue(symbol, at) {
  const ladder = await shown();
  const truth = await read(`/venue/truth?symbol=${symbol}${at === 'now' ? '' : `&sequence=${ladder.sequence}`}`);
  assert.equal(ladder.bids.length, 12);
  assert.equal(ladder.asks.length, 12);
  for (const side of ['bids', 'asks']) {
    assert.deepEqual(ladder[side].map(number), truth[side].slice(0, 12).map(number));
  }
}

/** Does something, and how long the page took to say that its book is not right, in ms by its own clock. */
const toldAfter = async (act) => {
  await page.evaluate(() => {
    const status = document.querySelector('[data-test=status]');
    const begun = performance.now();
    window.told = new Promise((resolve) => {
      new MutationObserver(() => {
        if (status.classList.contains('stale')) resolve(performance.now() - begun);
      }).observe(status, { attributes: true, attributeFilter: ['class'] });
    });
  });
  await act();
  return page.evaluate(() =>
    Promise.race([window.told, new Promise((resolve) => setTimeout(resolve, 5_000, Infinity))]),
  );
};

test('shows the book that the venue has', options, async () => {
  for (let look = 0; look < 5; look += 1) {
    await isTrue('BTCUSDT');
    await page.waitForTimeout(300);
  }
});

for (const injury of ['drop', 'crossed', 'silence', 'disconnect', 'refuse', 'stop']) {
  test(`says so within a second and is right again after: ${injury}`, options, async (context) => {
    await isLive();
    const after = await toldAfter(() => page.click(`[data-injury=${injury}]`));
    context.diagnostic(`told after ${after.toFixed(0)} ms`);
    assert.ok(after <= SECOND, `told after ${after} ms`);
    await page.getByText('Not to be acted upon').waitFor();
    if (injury === 'refuse') await page.locator('[data-test=wires]', { hasText: /attempt \d+ in/ }).waitFor();
    await isLive();
    assert.match(await page.textContent('[data-test=episode]'), /right again after/);
    await isTrue('BTCUSDT');
  });
}

test('moves nothing about while all of that goes on', options, async () => {
  const watched = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await watched.addInitScript(() => {
    window.shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.shift += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await watched.goto(venue.url);
  await isLive(watched);
  await watched.click('[data-injury=disconnect]');
  await watched.waitForSelector('[data-test=status].stale');
  await isLive(watched);
  await watched.waitForTimeout(500);
  const shift = await watched.evaluate(() => window.shift);
  await watched.close();
  assert.ok(shift < 0.02, `layout shift ${shift}`);
});

test('goes by keys: markets, grouping, theme', options, async () => {
  await page.keyboard.press('j');
  await page.waitForSelector('tr.chosen[data-symbol=ETHUSDT]');
  await isLive();
  await page.keyboard.press('g');
  await page.waitForFunction(() => document.querySelector('[data-test=grouping]').value === '1');
  await page.keyboard.press('t');
  await page.waitForFunction(() => document.documentElement.style.colorScheme === 'light');
  await page.keyboard.press('k');
  await page.waitForSelector('tr.chosen[data-symbol=BTCUSDT]');
  await isLive();
});

test('leaves the book of a market that is not looked at any more, and everything with the page', options, async () => {
  const other = await opened();
  await other.click('tr[data-symbol=SOLUSDT]');
  await page.close();
  await until(async () => {
    const { connections } = await read('/venue/stats');
    const open = connections.filter((one) => one.open).flatMap((one) => one.subscriptions);
    return (
      open.some((name) => name.startsWith('solusdt@depth')) && !open.some((name) => name.startsWith('btcusdt@depth'))
    );
  });
  await other.close();
  await until(async () => (await read('/venue/stats')).open === 0);
  page = await opened();
});

test('shows at rest what the venue has', options, async () => {
  await fetch(`${venue.url}/venue/rest`, { method: 'POST' });
  await page.waitForTimeout(1_500);
  await isTrue('BTCUSDT', 'now');
  // Nothing is told any more, and the page does not claim to know.
  assert.match(await page.textContent('[data-test=status]'), /silent/);
});

test('had no error', options, () => {
  assert.deepEqual(errors, []);
});

async function until(holds) {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail('it did not come to that within 10 s');
}
