import { EXIT } from '../../../lib/cli/exitCode.js';
import { run } from '../../../lib/cli/run.js';
import { describeWithNats, natsNote, natsServer } from '../../relay/support/natsServer.js';
import { fakeIo } from '../support/fakeIo.js';

const words = (line: string): readonly string[] => line.split(' ');

/** What `watch --json` of such a gateway prints until there is a live book. */
async function liveBookFrom(relaying: ReturnType<typeof fakeIo>): Promise<void> {
  await relaying.out.said('watch it');
  const [, address = ''] = /--relayed (\S+)/.exec(relaying.out.text()) ?? [];
  const watching = fakeIo();
  const watched = run(words(`watch --relayed ${address} --venue binance --instrument BTCUSDT --json`), watching);
  await watching.out.said('"status":"live"');
  watching.signals.next('stop');
  expect(await watched).toBe(EXIT.fine);
  expect(watching.out.text()).toContain('"sequence"');
}

describe('relay', () => {
  it('has a venue for others on this machine, without a server', async () => {
    const relaying = fakeIo();
    const relayed = run(words('relay --simulated --faults none --listen 0'), relaying);
    await liveBookFrom(relaying);
    relaying.signals.next('stop');
    expect(await relayed).toBe(EXIT.fine);
    expect(relaying.out.text()).toContain('gateway A: book, trades of BTCUSDT');
    expect(relaying.err.text()).toBe('');
  });

  it('opens to others than this machine only by a token', async () => {
    const io = fakeIo();
    expect(await run(words('relay --simulated --listen 0.0.0.0:0'), io)).toBe(EXIT.misuse);
    expect(io.err.text()).toMatch(/^millrace: --listen takes a token where not only .*: set MILLRACE_TOKEN\n$/);
    expect(io.out.text()).toBe('');
  });

  it('opens no venue where it can not listen', async () => {
    const [first, second] = [fakeIo(), fakeIo()];
    const relayed = run(words('relay --simulated --faults none --listen 0'), first);
    await first.out.said('watch it');
    const [, port = ''] = /listens +ws:\/\/127\.0\.0\.1:(\d+)/.exec(first.out.text()) ?? [];
    expect(await run(words(`relay --simulated --faults none --listen ${port}`), second)).toBe(EXIT.failed);
    expect(second.err.text()).toMatch(/^millrace: .*EADDRINUSE.*\n$/);
    expect(second.out.text()).toBe('');
    first.signals.next('stop');
    expect(await relayed).toBe(EXIT.fine);
  });

  it.each([
    ['binance', 'book,trades', 'trades', '"type":"trade"'],
    ['coinbase', 'book,ticker', 'book', '"status":"live"'],
    ['kraken', 'book,trades', 'book', '"status":"live"'],
    ['okx', 'book,candles', 'book', '"status":"live"'],
    ['dxlink', 'book,quotes', 'quotes', '"type":"quote"'],
    ['tradestation', 'book,quotes', 'quotes', '"type":"quote"'],
    ['tplus', 'book,trades', 'book', '"status":"live"'],
    ['o2', 'book,trades', 'quotes', '"type":"quote"'],
  ])('has a simulated %s by the same command', async (venue, offered, channel, text) => {
    const [relaying, watching] = [fakeIo(), fakeIo()];
    const relayed = run(words(`relay --venue ${venue} --simulated --faults none --channel ${offered}`), relaying);
    await relaying.out.said('watch it');
    const [, command = ''] = /npx millrace (watch .*)/.exec(relaying.out.text()) ?? [];
    const watched = run(words(`${command} --channel ${channel} --json`), watching);
    await watching.out.said(text);
    for (const io of [watching, relaying]) io.signals.next('stop');
    expect(await Promise.all([watched, relayed])).toEqual([EXIT.fine, EXIT.fine]);
    expect(relaying.err.text() + watching.err.text()).toBe('');
  });

  it.each([
    ['tastytrade', 'account', '"cash"'],
    ['tradestation', 'orders', '"status":"live"'],
    ['tplus', 'fills', '"status":"live"'],
    ['o2', 'balances', '"status":"live"'],
  ])(
    'has an account of a simulated %s for whoever has the token, and for nobody without one',
    async (venue, channel, text) => {
      const line = words(`relay --venue ${venue} --simulated --faults none --channel ${channel}`);
      const refused = fakeIo();
      expect(await run(line, refused)).toBe(EXIT.misuse);
      expect(refused.err.text()).toMatch(/^millrace: --listen takes a token where accounts may be heard: set/);

      process.env['MILLRACE_TOKEN'] = 'secret';
      try {
        const [relaying, watching] = [fakeIo(), fakeIo()];
        const relayed = run(line, relaying);
        await relaying.out.said('watch it');
        const [, command = ''] = /npx millrace (watch .*)/.exec(relaying.out.text()) ?? [];
        const watched = run(words(`${command} --channel ${channel} --json`), watching);
        await watching.out.said(text);
        for (const io of [watching, relaying]) io.signals.next('stop');
        expect(await Promise.all([watched, relayed])).toEqual([EXIT.fine, EXIT.fine]);
        expect(relaying.out.text() + watching.out.text()).not.toContain('secret');
      } finally {
        delete process.env['MILLRACE_TOKEN'];
      }
    },
  );
});

describeWithNats(natsNote, () => {
  it('has a venue for others, and for pages by another process', async () => {
    const server = await natsServer();
    const [gateway, bridge] = [fakeIo(), fakeIo()];
    const relayed = run(words(`relay --simulated --faults none --nats ${server.url} --as A`), gateway);
    await liveBookFrom(gateway);
    const bridged = run(words(`relay --from ${server.url} --listen 0`), bridge);
    await bridge.out.said('listens');
    const [address = ''] = /ws:\/\/127\.0\.0\.1:\d+/.exec(bridge.out.text()) ?? [];
    const watching = fakeIo();
    const watched = run(words(`watch --relayed ${address} --venue binance --instrument BTCUSDT --json`), watching);
    await watching.out.said('"status":"live"');
    for (const io of [watching, bridge, gateway]) io.signals.next('stop');
    expect(await Promise.all([watched, bridged, relayed])).toEqual([EXIT.fine, EXIT.fine, EXIT.fine]);
    await server.kill();
  });
});
