/**
 * 200 instruments at 5,000 messages a second for two minutes: how long frames take and what becomes of memory. Run by
 * `npm run load`; `-- --seconds=30` for less.
 */
import './library.mjs';
import { launch } from '../test/browser.mjs';
import { manyInstruments } from './instruments.mjs';
import { startVenue } from './venue.mjs';

const seconds = Number(/--seconds=(\d+)/.exec(process.argv.join(' '))?.[1] ?? 120);
const STEP = 10;
const MB = 2 ** 20;

const venue = await startVenue({ instruments: manyInstruments(200), stepEvery: 15, activity: 3 });
const browser = await launch('--enable-precise-memory-info', '--js-flags=--expose-gc');
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
const session = await page.context().newCDPSession(page);
await page.goto(venue.url);
await page.waitForSelector('[data-test=status].live', { timeout: 60_000 });
await page.waitForTimeout(10_000);
await page.evaluate(() => {
  window.frames = [];
  let before = performance.now();
  const next = (now) => {
    window.frames.push(now - before);
    before = now;
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
});

const messages = () => venue.binance.stats().connections.reduce((sum, { sent }) => sum + sent, 0);
const [begun, sentBefore] = [performance.now(), messages()];
await session.send('Performance.enable');
const work = async () => {
  const { metrics } = await session.send('Performance.getMetrics');
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
};
const workBefore = await work();
const heap = async () => {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize / MB;
};
const heaps = [await heap()];
for (let passed = 0; passed < seconds; passed += STEP) {
  await page.waitForTimeout(STEP * 1_000);
  heaps.push(await heap());
}
const lasted = (performance.now() - begun) / 1_000;
const workAfter = await work();
const rate = (messages() - sentBefore) / lasted;
const frames = (await page.evaluate(() => window.frames)).sort((a, b) => a - b);
const at = (share) => frames[Math.floor(frames.length * share)] ?? 0;
const status = await page.getAttribute('[data-test=status]', 'class');

process.stdout.write(
  `${rate.toFixed(0)} messages a second for ${lasted.toFixed(0)} s; the ladder is ${status.replace('status', '').trim()}\n`,
);
const share = (name) => `${(((workAfter[name] - workBefore[name]) / lasted) * 100).toFixed(0)} %`;
process.stdout.write(
  `the page's own thread: ${share('TaskDuration')} busy, of it script ${share('ScriptDuration')}, style ${share('RecalcStyleDuration')}, layout ${share('LayoutDuration')}\n`,
);
process.stdout.write(
  `frames: median ${at(0.5).toFixed(1)} ms, 95th percentile ${at(0.95).toFixed(1)} ms, 99th ${at(0.99).toFixed(1)} ms, longest ${at(0.9999).toFixed(0)} ms\n`,
);
process.stdout.write(
  `heap after collecting, every ${STEP} s, in MiB: ${heaps.map((one) => one.toFixed(1)).join(' ')}\n`,
);
await browser.close();
await venue.close();
