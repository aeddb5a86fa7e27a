/** The built page in a browser, on the simulated venue. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startVenue } from '../scripts/venue.mjs';
import { launch, noBrowser } from './browser.mjs';

if (noBrowser && process.env.CI) throw new Error(noBrowser);
const options = { skip: noBrowser };
const SECOND = 1_000;
/** How long is waited for what must come, however busy the machine is; what must come soon is timed by the page itself. */
const PATIENCE = 120 * SECOND;

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

async function opened(path = '') {
  const made = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  made.setDefaultTimeout(PATIENCE);
  // What a browser itself says of connections that are refused on purpose, or of a request that is, is no error of the page.
  made.on('console', (message) => {
    if (message.type() === 'error' && !/WebSocket|ERR_CONNECTION|status of 400/.test(message.text()))
      errors.push(message.text());
  });
  made.on('pageerror', (error) => errors.push(error.message));
  await made.goto(`${venue.url}/${path}`);
  if (path === '') await isLive(made);
  return made;
}

const isLive = (of = page) => of.waitForSelector('[data-test=status].live');

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

/**
 * Does something, and how long the page took to say that its book is not right, in ms by its own clock: time in which its timers
 * ran. A machine that gives it no time for a second shows nothing meanwhile, right or wrong.
 */
const toldAfter = async (act) => {
  await page.evaluate(() => {
    const status = document.querySelector('[data-test=status]');
    const MOST = 20;
    let [spent, before] = [0, performance.now()];
    window.told = new Promise((resolve) => {
      const end = (after) => {
        clearInterval(ticking);
        watching.disconnect();
        resolve(after);
      };
      const tick = () => {
        const now = performance.now();
        spent += Math.min(MOST, now - before);
        before = now;
      };
      const look = () => {
        tick();
        if (status.classList.contains('stale')) end(spent);
        else if (spent > 5_000) end(Infinity);
      };
      const ticking = setInterval(look, MOST / 2);
      const watching = new MutationObserver(look);
      watching.observe(status, { attributes: true, attributeFilter: ['class'] });
    });
  });
  await act();
  return page.evaluate(() => window.told);
};

test('shows the book that the venue has', options, async () => {
  for (let look = 0; look < 5; look += 1) {
    await isTrue('BTCUSDT');
    const { sequence } = await shown();
    await page.waitForFunction(
      (before) => Number(document.querySelector('[data-test=ladder]').dataset.sequence) > before,
      sequence,
    );
  }
});

/** What is told of each injury, and where. */
const injuries = [
  ['drop', 'faults', /gap/],
  ['crossed', 'faults', /crossed/],
  ['silence', 'episode', /silent/],
  ['disconnect', 'faults', /lost/],
  ['refuse', 'wires', /attempt \d+ in/],
  ['stop', 'wires', /attempt \d+ in/],
];
for (const [injury, place, word] of injuries) {
  test(`says so within a second and is right again after: ${injury}`, options, async (context) => {
    await isLive();
    const told = page.locator(`[data-test=${place}]`, { hasText: word });
    const shown = told.waitFor();
    const after = await toldAfter(() => page.click(`[data-injury=${injury}]`));
    context.diagnostic(`told after ${after.toFixed(0)} ms of the page's time`);
    assert.ok(after <= SECOND, `told after ${after} ms of the page's time`);
    await shown;
    await isLive();
    await page.locator('[data-test=episode]', { hasText: /right again after/ }).waitFor();
    await isTrue('BTCUSDT');
  });
}

test('moves nothing about while all of that goes on', options, async () => {
  const watched = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  watched.setDefaultTimeout(PATIENCE);
  await watched.addInitScript(() => {
    window.shift = 0;
    const add = (entries) => {
      for (const { value } of entries) window.shift += value;
    };
    const observer = new PerformanceObserver((list) => add(list.getEntries()));
    observer.observe({ type: 'layout-shift', buffered: true });
    window.shifted = async () => {
      for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
      add(observer.takeRecords());
      return window.shift;
    };
  });
  await watched.goto(venue.url);
  await isLive(watched);
  await watched.click('[data-injury=disconnect]');
  await watched.waitForSelector('[data-test=status].stale');
  await isLive(watched);
  const shift = await watched.evaluate(() => window.shifted());
  await watched.close();
  assert.ok(shift < 0.02, `layout shift ${shift}`);
});

test('goes by keys: markets, grouping, theme', options, async () => {
  await page.keyboard.press('j');
  await page.waitForSelector('[data-symbol=ETHUSDT].chosen');
  await isLive();
  await page.keyboard.press('g');
  await page.waitForFunction(() => document.querySelector('[data-test=grouping]').value === '1');
  await page.keyboard.press('t');
  await page.waitForFunction(() => document.documentElement.style.colorScheme === 'light');
  await page.keyboard.press('k');
  await page.waitForSelector('[data-symbol=BTCUSDT].chosen');
  await isLive();
});

test('leaves the book of a market that is not looked at any more, and everything with the page', options, async () => {
  const other = await opened();
  await other.click('[data-symbol=SOLUSDT]');
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

test('says what the venue refuses, and that nothing is chosen', options, async () => {
  const refused = await opened(`?url=${encodeURIComponent(venue.settings.binance)}&symbols=NOPEUSDT,BTCUSDT`);
  await refused.waitForSelector('[data-test=status].error');
  await refused.locator('[data-test=ladder]', { hasText: 'Invalid symbol' }).waitFor();
  await refused.click('[data-symbol=BTCUSDT]');
  await isLive(refused);
  await refused.close();
  const empty = await opened(`?url=${encodeURIComponent(venue.settings.binance)}&symbols=`);
  await empty.locator('[data-test=ladder]', { hasText: 'No market is chosen' }).waitFor();
  await empty.close();
});

test('shows at rest what the venue has', options, async () => {
  await fetch(`${venue.url}/venue/rest`, { method: 'POST' });
  const { sequence } = await read('/venue/truth?symbol=BTCUSDT');
  await page.waitForSelector(`[data-test=ladder][data-sequence="${sequence}"]`);
  await isTrue('BTCUSDT', 'now');
  // Nothing is told any more, and the page does not claim to know.
  await page.locator('[data-test=status].stale', { hasText: 'silent' }).waitFor();
  await isTrue('BTCUSDT', 'now');
});

test('had no error', options, () => {
  assert.deepEqual(errors, []);
});

async function until(holds) {
  const end = performance.now() + PATIENCE;
  while (performance.now() < end) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail('it did not come to that');
}
