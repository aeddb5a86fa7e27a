/** The venue of the load, in a process of its own: as many messages a second as it is told to send, however the machine's time goes. */
import { manyInstruments } from './instruments.mjs';
import { startVenue } from './venue.mjs';

const [rate, count] = process.argv.slice(2).map(Number);
/** How often it looks whether it is behind, in ms, and how many steps of the market it makes up for at once. */
const EVERY = 10;
const MOST = 6;

// The market takes its steps here, so its own clock for them is set far off.
const { binance, url, close } = await startVenue({
  instruments: manyInstruments(count),
  stepEvery: 3_600_000,
  activity: 1,
});
const sent = () => binance.stats().connections.reduce((sum, connection) => sum + connection.sent, 0);
let [begun, before] = [performance.now(), 0];
const pacing = setInterval(() => {
  const wanted = before + ((performance.now() - begun) / 1_000) * rate;
  for (let step = 0; step < MOST && sent() < wanted; step += 1) binance.market.step();
  // What could not be sent in time is not made up for later: that would be a burst that no venue sends.
  if (wanted - sent() > rate * 2) [begun, before] = [performance.now(), sent()];
}, EVERY);

process.on('message', async (word) => {
  if (word === 'stats') {
    const { user, system } = process.cpuUsage();
    process.send({ sent: sent(), cpu: (user + system) / 1e6 });
    return;
  }
  clearInterval(pacing);
  await close();
  process.disconnect();
});
process.send({ url });
