import { NEVER, of, VirtualTimeScheduler } from 'rxjs';
import type { Wire } from '../../lib/network/network.js';
import {
  simulatedBinance,
  venueNetwork,
  type ServerSide,
  type SimulatedConnection,
} from '../../lib/simulation/index.js';
import { stage, subscribe } from './rawClient.js';

function told(latency?: number | { readonly least: number; readonly most: number }) {
  const scheduler = new VirtualTimeScheduler();
  const log: string[] = [];
  let connection: SimulatedConnection | undefined;
  const side: ServerSide = {
    receive: (text) => log.push(`${scheduler.now()} venue heard ${text}`),
    control: (kind) => log.push(`${scheduler.now()} venue heard a ${kind}`),
    closed: () => log.push(`${scheduler.now()} venue was left`),
  };
  const network = venueNetwork(
    {
      accept: (_, given) => {
        connection = given;
        log.push(`${scheduler.now()} accepted`);
        return side;
      },
      http: () => of({ status: 200, headers: {}, body: String(scheduler.now()) }),
    },
    { scheduler, ...(latency === undefined ? {} : { latency }) },
  );
  const until = (time: number): void => {
    scheduler.schedule(() => undefined, time - scheduler.now());
    scheduler.maxFrames = time;
    scheduler.flush();
  };
  return { scheduler, log, network, until, venue: () => connection };
}

describe('the way to a simulated venue', () => {
  it('takes a round trip to open, and its time for each frame', () => {
    const { network, log, until, venue, scheduler } = told(10);
    const wires: Wire[] = [];
    network.open({ url: 'wss://v/ws' }).subscribe((wire) => {
      log.push(`${scheduler.now()} open`);
      wires.push(wire);
      wire.messages.subscribe((text) => log.push(`${scheduler.now()} client heard ${text}`));
      wire.activity?.subscribe((sign) => log.push(`${scheduler.now()} client felt ${String(sign)}`));
    });
    until(25);
    wires[0]?.send('hello');
    venue()?.send('welcome');
    venue()?.ping?.();
    until(100);

    expect(log).toEqual([
      '10 accepted',
      '20 open',
      '35 venue heard hello',
      '35 client heard welcome',
      '35 client felt ping',
      '45 venue heard a pong',
    ]);
  });

  it('keeps frames of one connection in order, whatever time each would take', () => {
    const { network, until, venue } = told({ least: 1, most: 500 });
    const heard: string[] = [];
    network.open({ url: 'wss://v/ws' }).subscribe((wire) => wire.messages.subscribe((text) => heard.push(text)));
    until(1_100);
    for (let count = 0; count < 50; count += 1) venue()?.send(String(count));
    until(5_000);

    expect(heard).toEqual(Array.from({ length: 50 }, (_, index) => String(index)));
  });

  it('ends at once when the client leaves: what it said still arrives, and no timer stays', () => {
    const { network, log, until, venue, scheduler } = told(10);
    let wire: Wire | undefined;
    const subscription = network.open({ url: 'wss://v/ws' }).subscribe((open) => (wire = open));
    until(25);
    wire?.send('last words');
    venue()?.send('too late');
    subscription.unsubscribe();

    expect(log.slice(1)).toEqual(['25 venue heard last words', '25 venue was left']);
    expect(scheduler.actions).toHaveLength(0);
    wire?.send('after the end');
    venue()?.send('after the end');
    expect(scheduler.actions).toHaveLength(0);
  });

  it('leaves nothing when the client leaves while it is still opening', () => {
    const { network, log, until, scheduler } = told(10);
    const before = network.open({ url: 'wss://v/ws' }).subscribe();
    until(5);
    before.unsubscribe();
    expect(scheduler.actions).toHaveLength(0);
    expect(log).toEqual([]);

    const after = network.open({ url: 'wss://v/ws' }).subscribe();
    until(15);
    after.unsubscribe();
    expect(scheduler.actions).toHaveLength(0);
    expect(log).toEqual([expect.stringContaining('accepted'), expect.stringContaining('venue was left')]);
  });

  it('completes after our own close, and not before', () => {
    const { network, log, until, scheduler } = told(10);
    let wire: Wire | undefined;
    network.open({ url: 'wss://v/ws' }).subscribe({
      next: (open) => (wire = open),
      error: () => log.push('error'),
      complete: () => log.push(`${scheduler.now()} complete`),
    });
    until(25);
    wire?.close(1000);
    wire?.close(1000);
    expect(log.slice(1)).toEqual(['25 venue was left']);
    until(100);

    expect(log.slice(2)).toEqual(['35 complete']);
    expect(scheduler.actions).toHaveLength(0);
  });

  it("tells the server's close after the frames before it, with its code", () => {
    const { network, until, venue } = told(10);
    const log: unknown[] = [];
    network.open({ url: 'wss://v/ws?token=secret' }).subscribe({
      next: (wire) => wire.messages.subscribe((text) => log.push(text)),
      error: (error: unknown) => log.push(error),
    });
    until(25);
    venue()?.send('goodbye');
    venue()?.close(1012, 'restart');
    until(100);

    expect(log[0]).toBe('goodbye');
    expect(log[1]).toMatchObject({ name: 'WireLostError', reason: 'closed', code: 1012 });
    expect(String(log[1])).not.toContain('secret');
  });

  it('answers requests by the state at the time they arrive, and aborts with the subscription', () => {
    const { network, until, scheduler } = told(10);
    const answers: string[] = [];
    network
      .request({ method: 'GET', url: '/x' })
      .subscribe(({ body }) => answers.push(`${body} at ${scheduler.now()}`));
    const aborted = network.request({ method: 'GET', url: '/x' }).subscribe(() => answers.push('aborted'));
    until(5);
    aborted.unsubscribe();
    until(100);

    expect(answers).toEqual(['10 at 20']);
    expect(scheduler.actions).toHaveLength(0);
  });

  it('leaves a slow request without a timer when it is aborted', () => {
    const scheduler = new VirtualTimeScheduler();
    const network = venueNetwork({ accept: () => ({ refuse: 503 }), http: () => NEVER }, { scheduler });
    const request = network.request({ method: 'GET', url: '/x' }).subscribe();
    scheduler.maxFrames = 1_000;
    scheduler.flush();
    request.unsubscribe();

    expect(scheduler.actions).toHaveLength(0);
  });
});

describe('a simulated venue', () => {
  it('stands still while nobody is connected, and goes on where it stood', () => {
    const { open, until, scheduler, venue } = stage();
    const sequence = (): number => venue.market.trueBook('BTCUSDT')?.sequence ?? 0;
    const before = sequence();
    until(1_000);
    expect([sequence(), scheduler.actions.length]).toEqual([before, 0]);

    const clients = [open('/ws', subscribe('btcusdt@depth')), open('/ws')];
    until(5_000);
    const met = sequence();
    expect(met).toBeGreaterThan(before);
    for (const client of clients) client.leave();
    expect(scheduler.actions).toHaveLength(0);
    expect(venue.stats()).toMatchObject({ open: 0, accepted: 2 });
    until(9_000);
    expect(sequence()).toBe(met);
  });

  it('closes every connection with itself, and refuses from then on', () => {
    const { open, until, scheduler, venue } = stage();
    const client = open('/ws');
    until(500);
    venue.close();
    until(1_000);
    const late = open('/ws');
    until(2_000);

    expect(client.ended).toMatchObject([{ code: 1001 }]);
    expect(late.ended).toMatchObject([{ code: 503 }]);
    expect(scheduler.actions).toHaveLength(0);
  });

  it('leaves no timer and no subscription after a thousand clients', () => {
    const { open, until, scheduler, venue } = stage({ limits: { connections: 10_000 } });
    for (let count = 1; count <= 1_000; count += 1) {
      const client = open('/stream', subscribe('btcusdt@depth@100ms', 'ethusdt@trade'));
      until(count * 20);
      client.leave();
    }

    expect(scheduler.actions).toHaveLength(0);
    expect(venue.stats().open).toBe(0);
    expect(venue.market.running).toBe(false);
  });

  it('says what it is', () => {
    expect([simulatedBinance().name, simulatedBinance({ market: 'usdm' }).name]).toEqual([
      'binance',
      'binance-futures',
    ]);
  });
});
