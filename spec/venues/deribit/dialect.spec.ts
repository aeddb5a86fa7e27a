import { type SchedulerLike, VirtualTimeScheduler, asyncScheduler } from 'rxjs';
import { DeribitDialect } from '../../../lib/venues/deribit/dialect.js';
import type { TopicRequest } from '../../../lib/socket/plan.js';
import { notingLink } from '../../support/notingLink.js';

/** What is told of an answer to a subscription to `a` and `b`, and of what came without being asked for. */
function heard(...frames: readonly string[]): readonly string[] {
  const { link, noted } = notingLink();
  const dialect = new DeribitDialect(link, { credentials: undefined, scheduler: asyncScheduler });
  dialect.subscribe(['a', 'b'].map((key) => ({ key, group: 'api' })));
  for (const frame of frames) dialect.receive(frame);
  return noted;
}

describe('the dialect of Deribit', () => {
  it('takes an answer that leaves a channel out for no refusal of what was asked for again since', () => {
    const { link, noted } = notingLink();
    const dialect = new DeribitDialect(link, { credentials: undefined, scheduler: asyncScheduler });
    for (let times = 0; times < 2; times += 1) dialect.subscribe([{ key: 'a', group: 'api' }]);
    for (const id of [1, 2]) dialect.receive(`{"id":${id},"result":[]}`);
    expect(noted).toEqual(['accepted 1', 'rejected a not among the accepted', 'accepted 2']);
  });

  describe('ends what the venue would not end for now', () => {
    const tooMany = (id: number): string => `{"id":${id},"error":{"code":10028,"message":"too_many_requests"}}`;
    const topic = { key: 'a', group: 'api' };
    const other = { key: 'b', group: 'api' };
    const texts = (request: TopicRequest): readonly unknown[] =>
      [request.text ?? '', ...(request.more ?? [])].map((text) => {
        const { method, params } = JSON.parse(text) as { method: string; params: { channels: readonly string[] } };
        return `${method} ${params.channels.join()}`;
      });
    const refused = (scheduler: SchedulerLike = asyncScheduler) => {
      const { link, noted } = notingLink();
      const dialect = new DeribitDialect(link, { credentials: undefined, scheduler });
      dialect.subscribe([topic]);
      dialect.receive('{"id":1,"result":["a"]}');
      dialect.unsubscribe([topic]);
      return { dialect, noted };
    };

    it('with whatever is requested next, and ahead of the same where that is wanted again', () => {
      const { dialect } = refused();
      dialect.receive(tooMany(2));
      expect(texts(dialect.subscribe([topic]))).toEqual(['public/unsubscribe a', 'public/subscribe a']);
      dialect.receive(tooMany(3));
      // It is wanted by now: the core requests that once more, or goes on with what the venue has.
      expect(texts(dialect.subscribe([other]))).toEqual(['public/subscribe b']);
      expect(texts(dialect.unsubscribe([topic, other]))).toEqual(['public/unsubscribe a,b']);
    });

    it('or after ten seconds, as often as it takes', () => {
      const scheduler = new VirtualTimeScheduler();
      const { dialect, noted } = refused(scheduler);
      const running = dialect.alongside().subscribe();
      dialect.receive(tooMany(2));
      const pass = (ms: number): readonly string[] => {
        const before = noted.length;
        scheduler.maxFrames = scheduler.frame + ms;
        scheduler.flush();
        return noted.slice(before);
      };

      expect(pass(10_000)).toEqual([
        'send {"jsonrpc":"2.0","id":4,"method":"public/unsubscribe","params":{"channels":["a"]}}',
      ]);
      dialect.receive(tooMany(4));
      expect(pass(10_000)).toHaveLength(1);
      dialect.receive('{"id":5,"result":["a"]}');
      expect(pass(60_000)).toEqual([]);
      running.unsubscribe();
    });
  });

  it.each([
    ['an answer, whose channels come in any order', '{"jsonrpc":"2.0","id":1,"result":["b","a"]}', ['accepted 1']],
    ['one that leaves a channel out', '{"id":1,"result":["b"]}', ['rejected a not among the accepted', 'accepted 1']],
    ['that of another request', '{"id":7,"result":["x"]}', ['accepted 7']],
    ['that of a ping', '{"id":7,"result":{"version":"1.2.26"}}', ['accepted 7']],
    [
      'a refusal',
      '{"id":1,"error":{"message":"Invalid params","data":{"reason":"x"},"code":-32602}}',
      ['refused 1 -32602 Invalid params'],
    ],
    [
      'that of a raw channel',
      '{"id":1,"error":{"code":13778,"message":"raw_subscriptions_not_available_for_unauthorized"}}',
      ['refused 1 13778 raw_subscriptions_not_available_for_unauthorized'],
    ],
    [
      'a refusal that time heals',
      '{"jsonrpc":"2.0","id":1,"error":{"code":10028,"message":"too_many_requests","data":null}}',
      ['report 10028 too_many_requests'],
    ],
    ['a sign of life', '{"method":"heartbeat","params":{"type":"heartbeat"}}', []],
    [
      'a request for one',
      '{"jsonrpc":"2.0","method":"heartbeat","params":{"type":"test_request"}}',
      ['send {"jsonrpc":"2.0","id":2,"method":"public/test","params":{}}'],
    ],
    ['data', '{"method":"subscription","params":{"channel":"a","data":[1]}}', ['deliver a [1]']],
  ])('reads %s', (_, frame, told) => {
    expect(heard(frame)).toEqual(told);
  });

  it.each(['{}', '17', 'null', '[]', '"x"', '', '{"method":"subscription","params":{}}', '{"method":"x"}'])(
    'says of %s that it can’t be read',
    (frame) => {
      expect(() => heard(frame)).toThrow();
    },
  );
});
