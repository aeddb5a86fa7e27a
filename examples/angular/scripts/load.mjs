/**
 * 200 instruments at 5,000 messages a second for two minutes: how long frames take, what they cost, and what becomes of memory.
 *
 *     npm run load -- --seconds=30 --rate=2000 --instruments=50
 *     npm run load -- --nice=-10     venue and browser go before other programs of this machine (needs the right to)
 *     npm run load -- --parts=20     what the page's own thread did, by name
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { loadavg, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import './library.mjs';
import { launch } from '../test/browser.mjs';
import { openBare } from './barePage.mjs';
import { costsOf } from './frameCosts.mjs';

const given = (name, usual) => Number(new RegExp(`--${name}=(-?\\d+)`).exec(process.argv.join(' '))?.[1] ?? usual);
const [seconds, rate, instruments, nice] = [
  given('seconds', 120),
  given('rate', 5_000),
  given('instruments', 200),
  given('nice', 0),
];
const STEP = Math.min(10, seconds);
const TRACED = 10;
const MB = 2 ** 20;
const say = (text) => process.stdout.write(`${text}\n`);
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const venue = fork(fileURLToPath(new URL('loadVenue.mjs', import.meta.url)), [rate, instruments]);
const heard = async () => (await once(venue, 'message'))[0];
const { url } = await heard();
const stats = () => (venue.send('stats'), heard());

const browser = await launch('--js-flags=--expose-gc');
const page = await openBare(browser, url, { width: 1440, height: 900 });
await page.evaluate(`new Promise((resolve, reject) => {
  setTimeout(reject, 60_000, new Error('no live book within a minute'));
  const look = () => document.querySelector('[data-test=status].live') ? resolve() : setTimeout(look, 100);
  look();
})`);
await wait(8_000);

const processes = async () => {
  const { processInfo } = await page.browser.send('SystemInfo.getProcessInfo');
  return new Map(processInfo.map(({ id, type, cpuTime }) => [id, { type, cpuTime }]));
};
if (nice !== 0) {
  for (const id of [venue.pid, ...(await processes()).keys()]) {
    setPriority(id, nice);
    // Where Linux shares its time out among sessions first, a process goes before others of its own session only.
    const group = `/proc/${id}/autogroup`;
    if (existsSync(group)) writeFileSync(group, String(nice));
  }
}
await page.send('Performance.enable', { timeDomain: 'timeTicks' });
const work = async () => {
  const { metrics } = await page.send('Performance.getMetrics');
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
};
const heap = async () => {
  await page.send('HeapProfiler.collectGarbage');
  return (await page.send('Runtime.getHeapUsage')).usedSize / MB;
};
const look = async () => ({
  at: performance.now() / 1_000,
  work: await work(),
  processes: await processes(),
  venue: await stats(),
});

const heaps = [await heap()];
// Timed between two collections of all garbage, which are the measure's own.
const frames = [];
const before = await look();
for (let passed = 0; passed < seconds; passed += STEP) {
  await page.evaluate(`{
    window.frames = [];
    window.timing = true;
    let before = performance.now();
    const next = (now) => {
      window.frames.push(now - before);
      before = now;
      if (window.timing) requestAnimationFrame(next);
    };
    requestAnimationFrame((now) => { before = now; requestAnimationFrame(next); });
  } 0`);
  await wait(STEP * 1_000);
  frames.push(...(await page.evaluate('window.timing = false, window.frames')));
  heaps.push(await heap());
}
const after = await look();
const lasted = after.at - before.at;
const at = (sorted, share) => sorted[Math.floor(sorted.length * share)] ?? 0;
const spread = (values, digits = 1) => {
  const sorted = [...values].sort((a, b) => a - b);
  return `median ${at(sorted, 0.5).toFixed(digits)} ms, 95th percentile ${at(sorted, 0.95).toFixed(digits)} ms, 99th ${at(sorted, 0.99).toFixed(digits)} ms, longest ${at(sorted, 0.99999).toFixed(digits)} ms`;
};
const percent = (spent) => `${((spent / lasted) * 100).toFixed(0)} %`;
const grew = (name) => percent(after.work[name] - before.work[name]);

const status = await page.evaluate(`document.querySelector('[data-test=status]').className`);
say(
  `${((after.venue.sent - before.venue.sent) / lasted).toFixed(0)} messages a second on ${instruments} instruments for ${lasted.toFixed(0)} s; the ladder is ${status.replace('status', '').trim()}; load of the machine ${loadavg()[0].toFixed(1)}`,
);
say(`frames, as they came: ${(frames.length / lasted).toFixed(0)} a second; ${spread(frames)}`);
const spent = [...after.processes].map(([id, { type, cpuTime }]) => [
  type,
  cpuTime - (before.processes.get(id)?.cpuTime ?? 0),
]);
const shares = spent.filter(([, cpu]) => cpu / lasted > 0.005).map(([type, cpu]) => `${type} ${percent(cpu)}`);
say(`of a core: venue ${percent(after.venue.cpu - before.venue.cpu)}, ${shares.join(', ')}`);
say(
  `the page's own thread: ${grew('ThreadTime')} of a core by its own clock; by the wall's busy ${grew('TaskDuration')}, of it script ${grew('ScriptDuration')}, style ${grew('RecalcStyleDuration')}, layout ${grew('LayoutDuration')}`,
);
say(`heap after collecting, every ${STEP} s, in MiB: ${heaps.map((one) => one.toFixed(1)).join(' ')}`);

const costs = await costsOf(page.browser, TRACED, async () => (await stats()).sent);
const perSecond = (count) => (count / costs.lasted).toFixed(0);
const ofCore = (ms) => `${(ms / costs.lasted / 10).toFixed(1)} %`;
say(
  `in time of a core, by tracing for ${TRACED} s at ${perSecond(costs.messages)} messages a second (tracing costs, too):`,
);
say(`  drawing a frame, ${perSecond(costs.draws.length)} a second: ${spread(costs.draws)}`);
say(`  a timer, ${perSecond(costs.timers.length)} a second, of which ten show what is new: ${spread(costs.timers)}`);
say(`  a message: ${((costs.rest / costs.messages) * 1_000).toFixed(0)} µs on the page's own thread`);
say(`  other threads of the browser: ${ofCore(costs.elsewhere)}`);
for (const [name, cpu, wall] of costs.parts.slice(0, given('parts', 0))) {
  say(`    ${name.padEnd(50)} ${ofCore(cpu).padStart(7)}, by the wall ${ofCore(wall).padStart(7)}`);
}
await browser.close();
venue.send('end');
await once(venue, 'exit');
