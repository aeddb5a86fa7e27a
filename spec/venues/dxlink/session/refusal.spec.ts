import { type Observable, VirtualTimeScheduler } from 'rxjs';
import { SubscriptionRefusedError } from '../../../../lib/errors/subscriptionRefusedError.js';
import type { Fault } from '../../../../lib/model/fault.js';
import { type FakeWire, fakeNetwork } from '../../../../lib/testing/index.js';
import { dxlink } from '../../../../lib/venues/dxlink/index.js';

interface Frame {
  readonly type: string;
  readonly channel: number;
  readonly service?: string;
  readonly parameters?: { readonly contract?: string };
}

/** What the venue does about the n-th request (from 1) of a channel, by contract or `DOM`. */
type Verdict = (wanted: string, n: number) => 'open' | 'close' | readonly [error: string, message: string];

/** A venue that opens channels, or says why not and closes them; a row comes of each subscription to quotes. */
function rig(verdict: Verdict, { takeRightsAt }: { readonly takeRightsAt?: string } = {}) {
  const scheduler = new VirtualTimeScheduler();
  const asked: string[] = [];
  let isTaken = false;
  const answer = (wire: FakeWire, ...frames: readonly object[]): void => {
    scheduler.schedule(() => {
      for (const frame of frames) if (wire.status === 'open') wire.receive(frame);
    }, 1);
  };
  const decide = (wire: FakeWire, { channel, service, parameters }: Frame): void => {
    const wanted = parameters?.contract ?? service ?? '';
    asked.push(wanted);
    const closed = { type: 'CHANNEL_CLOSED', channel };
    const said = verdict(wanted, asked.filter((one) => one === wanted).length);
    if (said === 'open') answer(wire, { type: 'CHANNEL_OPENED', channel, service, parameters });
    else if (said === 'close') answer(wire, { type: 'CHANNEL_OPENED', channel, service, parameters }, closed);
    else {
      const lost = { type: 'AUTH_STATE', channel: 0, state: 'UNAUTHORIZED' };
      const isTime = takeRightsAt === wanted && !isTaken;
      if (isTime) isTaken = true;
      const [error, message] = said;
      answer(wire, ...(isTime ? [lost] : []), { type: 'ERROR', channel, error, message }, closed);
    }
  };
  const network = fakeNetwork({
    onOpening: (wire) =>
      scheduler.schedule(() => {
        wire.open();
      }),
    onSent: (wire, text) => {
      const frame = JSON.parse(text) as Frame;
      const { type, channel } = frame;
      if (type === 'SETUP') answer(wire, frame, { type: 'AUTH_STATE', channel: 0, state: 'UNAUTHORIZED' });
      if (type === 'AUTH') answer(wire, { type: 'AUTH_STATE', channel: 0, state: 'AUTHORIZED' });
      if (type === 'KEEPALIVE') answer(wire, frame);
      if (type === 'CHANNEL_REQUEST') decide(wire, frame);
      if (type === 'FEED_SUBSCRIPTION') {
        const row = { eventType: 'Quote', eventSymbol: 'AAPL', bidPrice: 1, bidSize: 1, askPrice: 2, askSize: 1 };
        answer(wire, { type: 'FEED_DATA', channel, data: [row] });
      }
    },
  });
  let tokens = 0;
  const exchange = dxlink({ network, scheduler, credentials: () => [{ token: `secret-${String((tokens += 1))}` }] });
  const faults: Fault[] = [];
  exchange.faults$.subscribe((fault) => faults.push(fault));
  return {
    exchange,
    network,
    asked,
    faults,
    passTo: (time: number): void => {
      scheduler.maxFrames = time;
      scheduler.flush();
      scheduler.frame = time;
    },
    /** What a stream has come to. */
    outcomeOf: (stream: Observable<unknown>) => {
      const outcome: { values: number; error: unknown } = { values: 0, error: undefined };
      stream.subscribe({ next: () => (outcome.values += 1), error: (error: unknown) => (outcome.error = error) });
      return outcome;
    },
  };
}

describe('a feed channel that is refused before it was open', () => {
  it.each(['BAD_ACTION', 'INVALID_MESSAGE', 'UNSUPPORTED_PROTOCOL', 'UNAUTHORIZED'])(
    'by %s ends who wants it, each with an error that says so, and nobody else',
    (error) => {
      const { exchange, asked, faults, outcomeOf, passTo } = rig((wanted) =>
        wanted === 'STREAM' ? [error, 'not for you, secret-1'] : 'open',
      );
      const refused = outcomeOf(exchange.events('Quote', 'AAPL', { contract: 'STREAM' }));
      const refusedToo = outcomeOf(exchange.events('Quote', 'SPY', { contract: 'STREAM' }));
      const fine = outcomeOf(exchange.quotes('AAPL'));
      passTo(60_000);

      for (const { error: ended, values } of [refused, refusedToo]) {
        expect(values).toBe(0);
        expect(ended).toBeInstanceOf(SubscriptionRefusedError);
        expect(String(ended)).toContain(`${error}: not for you, …`);
      }
      expect(String(refused.error)).toContain('STREAM Quote AAPL');
      expect(fine).toEqual({ values: 1, error: undefined });
      expect(asked.filter((one) => one === 'STREAM')).toHaveLength(1);
      expect(JSON.stringify(faults)).not.toContain('secret');
      exchange.close();
    },
  );

  it('refuses who comes within a minute, too; who comes later, or in the next session, is asked for again', () => {
    const { exchange, network, asked, outcomeOf, passTo } = rig((wanted, n) =>
      wanted === 'STREAM' && n % 2 === 1 ? ['BAD_ACTION', 'no'] : 'open',
    );
    outcomeOf(exchange.quotes('AAPL'));
    const came = (at: number) => {
      passTo(at);
      const outcome = outcomeOf(exchange.events('Quote', 'AAPL', { contract: 'STREAM' }));
      passTo(at + 10_000);
      return [outcome.error instanceof SubscriptionRefusedError, asked.filter((one) => one === 'STREAM').length];
    };
    expect(came(5_000)).toEqual([true, 1]);
    expect(came(40_000)).toEqual([true, 1]);
    expect(came(70_000)).toEqual([false, 2]);

    network.wires[0]?.lose();
    expect(came(100_000)).toEqual([true, 3]);
    network.wires[1]?.lose();
    expect(came(130_000)).toEqual([false, 4]);
    exchange.close();
  });

  it.each(['TIMEOUT', 'UNKNOWN', 'SOMETHING_NEW'])('by %s, which may pass, is asked for again', (error) => {
    const { exchange, asked, outcomeOf, passTo } = rig((_, n) => (n < 4 ? [error, 'later'] : 'open'));
    const outcome = outcomeOf(exchange.quotes('AAPL'));
    passTo(30_000);

    expect(outcome).toEqual({ values: 1, error: undefined });
    expect(asked).toHaveLength(4);
    exchange.close();
  });

  it('while the session has lost its rights is asked for again when they are back', () => {
    const { exchange, outcomeOf, passTo } = rig((_, n) => (n === 1 ? ['UNAUTHORIZED', 'who are you?'] : 'open'), {
      takeRightsAt: 'TICKER',
    });
    const outcome = outcomeOf(exchange.quotes('AAPL'));
    passTo(30_000);

    expect(outcome).toEqual({ values: 1, error: undefined });
    exchange.close();
  });

  it('is opened again where it was open before', () => {
    const { exchange, asked, outcomeOf, passTo } = rig((_, n) => (n === 1 ? 'close' : 'open'));
    const outcome = outcomeOf(exchange.quotes('AAPL'));
    passTo(30_000);

    expect(outcome).toEqual({ values: 1, error: undefined });
    expect(asked).toEqual(['TICKER', 'TICKER']);
    exchange.close();
  });
});

describe('a DOM channel that is refused before it was open', () => {
  it.each([
    ['BAD_ACTION', 1, 'SubscriptionRefusedError'],
    ['UNKNOWN', 4, undefined],
  ])('by %s is asked for %p times in 3.5 s', (error, times, name) => {
    const { exchange, asked, passTo } = rig(() => [error, 'no']);
    let ended: unknown;
    exchange.dom('AAPL').subscribe({ error: (one: unknown) => (ended = one) });
    passTo(3_500);

    expect(asked).toHaveLength(times);
    expect(ended instanceof Error ? ended.name : undefined).toBe(name);
    exchange.close();
  });
});
