import { asyncScheduler } from 'rxjs';
import type { Topic } from '../../../lib/socket/plan.js';
import { steady } from '../../../lib/time/steadyScheduler.js';
import { BybitDialect } from '../../../lib/venues/bybit/dialect.js';
import { notingLink } from '../../support/notingLink.js';

function heard(...frames: readonly string[]): readonly string[] {
  const { link, noted } = notingLink();
  const dialect = new BybitDialect(link, steady(asyncScheduler));
  for (const frame of frames) dialect.receive(frame);
  return noted;
}

describe('the dialect of Bybit', () => {
  it.each([
    ['a pong of spot', '{"success":true,"ret_msg":"pong","conn_id":"0970e817","op":"ping"}', []],
    ['a pong of contracts', '{"success":true,"ret_msg":"pong","conn_id":"4","req_id":"","op":"ping"}', []],
    ['a pong of options', '{"args":["1672916271846"],"op":"pong"}', []],
    ['an answer', '{"success":true,"ret_msg":"","conn_id":"d","req_id":"7","op":"subscribe"}', ['accepted 7']],
    ['that of an end', '{"success":true,"ret_msg":"","conn_id":"d","req_id":"8","op":"unsubscribe"}', ['accepted 8']],
    [
      'an answer of options',
      '{"success":true,"conn_id":"c","data":{"failTopics":["orderbook.9.X"],"successTopics":["orderbook.100.BTC-6JAN23-18000-C"]},"type":"COMMAND_RESP"}',
      ['confirmed orderbook.100.BTC-6JAN23-18000-C', 'rejected orderbook.9.X among the failed topics'],
    ],
    [
      'a refusal that names the topic',
      '{"success":false,"ret_msg":"error:handler not found,topic:orderbook.500.BTCUSDT","conn_id":"1","req_id":"7","op":"subscribe"}',
      [
        'rejected orderbook.500.BTCUSDT error:handler not found,topic:orderbook.500.BTCUSDT',
        'refused 7 error:handler not found,topic:orderbook.500.BTCUSDT',
      ],
    ],
    [
      'one of what is subscribed already, which begins anew',
      '{"success":false,"ret_msg":"error:already subscribed,topic:orderbook.50.BTCUSDT","req_id":"7","op":"subscribe"}',
      ['interrupted orderbook.50.BTCUSDT', 'refused 7 error:already subscribed,topic:orderbook.50.BTCUSDT'],
    ],
    [
      'a refusal that names none',
      '{"success":false,"ret_msg":"args size >10","conn_id":"1","req_id":"7","op":"subscribe"}',
      ['refused 7 args size >10'],
    ],
    [
      'the refusal of something else',
      '{"success":false,"ret_msg":"error:invalid op","conn_id":"1","req_id":"9","op":"unsubscribe"}',
      ['report unsubscribe: error:invalid op'],
    ],
    [
      'data',
      '{"topic":"publicTrade.A","type":"snapshot","ts":1,"data":[]}',
      ['deliver publicTrade.A {"topic":"publicTrade.A","type":"snapshot","ts":1,"data":[]}'],
    ],
  ])('reads %s', (_, frame, told) => {
    expect(heard(frame)).toEqual(told);
  });

  it('takes the refusal of an earlier request for none of what was asked for again since', () => {
    const { link, noted } = notingLink();
    const dialect = new BybitDialect(link, steady(asyncScheduler));
    const topic: Topic = { key: 'publicTrade.X', group: 'spot' };
    const [early, late] = [dialect.subscribe([topic]), dialect.subscribe([topic])];
    const ret_msg = 'error:handler not found,topic:publicTrade.X';
    for (const { id } of [early, late]) {
      dialect.receive(JSON.stringify({ success: false, ret_msg, req_id: id, op: 'subscribe' }));
    }
    expect(noted).toEqual([`refused 1 ${ret_msg}`, `rejected publicTrade.X ${ret_msg}`, `refused 2 ${ret_msg}`]);
  });

  it('ends and asks again for an option that failed when it was asked for again, a few times, then on another wire', () => {
    const { link, noted } = notingLink();
    const dialect = new BybitDialect(link, steady(asyncScheduler));
    const topics = [{ key: 'orderbook.25.X', group: 'public' }];
    const answer = (list: string): void => {
      dialect.receive(`{"success":true,"data":{"${list}":["orderbook.25.X"]},"type":"COMMAND_RESP"}`);
    };

    for (const list of ['successTopics', ...Array<string>(7).fill('failTopics')]) {
      dialect.subscribe(topics);
      answer(list);
    }

    const again = 'interrupted orderbook.25.X';
    const lost = 'lose failed orderbook.25.X: among the failed topics';
    expect(noted).toEqual(['confirmed orderbook.25.X', ...Array<string>(6).fill(again), lost]);
  });

  it('takes what answers the end of an option for no answer to what is asked for again', () => {
    const { link, noted } = notingLink();
    const dialect = new BybitDialect(link, steady(asyncScheduler));
    const topics = ['orderbook.25.X', 'publicTrade.X'].map((key): Topic => ({ key, group: 'public' }));
    const answer = (list: string, ...of: readonly Topic[]): void => {
      dialect.receive(
        JSON.stringify({ success: true, data: { [list]: of.map(({ key }) => key) }, type: 'COMMAND_RESP' }),
      );
    };
    dialect.subscribe(topics);
    answer('successTopics', ...topics);
    const { id } = dialect.unsubscribe(topics);
    dialect.subscribe(topics);
    noted.length = 0;

    answer('failTopics', ...topics.slice(0, 1));
    answer('successTopics', ...topics.slice(1));
    const report = 'report orderbook.25.X: among the failed topics';
    expect(noted).toEqual([report, `accepted ${String(id)}`]);

    answer('successTopics', ...topics);
    expect(noted.slice(2)).toEqual(['confirmed orderbook.25.X', 'confirmed publicTrade.X']);
  });

  it('takes the answer to an earlier end of an option for none of the later one', () => {
    const { link, noted } = notingLink();
    const dialect = new BybitDialect(link, steady(asyncScheduler));
    const topics = [{ key: 'orderbook.25.X', group: 'public' }];
    const answer = (): void => {
      dialect.receive('{"success":true,"data":{"successTopics":["orderbook.25.X"]},"type":"COMMAND_RESP"}');
    };
    dialect.subscribe(topics);
    dialect.unsubscribe(topics);
    dialect.subscribe(topics);
    const { id } = dialect.unsubscribe(topics);
    dialect.subscribe(topics);

    for (let answers = 0; answers < 3; answers += 1) answer();
    expect(noted).toEqual(['confirmed orderbook.25.X', 'confirmed orderbook.25.X']);

    answer();
    answer();
    expect(noted.slice(2)).toEqual([`accepted ${String(id)}`, 'confirmed orderbook.25.X']);
  });

  it.each(['{}', '17', 'null', '[]', '"x"', 'pong', '', '{"success":"yes"}', '{"topic":7}'])(
    'says of %s that it can’t be read',
    (frame) => {
      expect(() => heard(frame)).toThrow();
    },
  );
});
