import type { Link } from '../../../lib/socket/plan.js';
import { BinanceDialect } from '../../../lib/venues/binance/dialect.js';

/** What the dialect makes of frames, as the calls to its session. */
function heard(...frames: readonly string[]): readonly string[] {
  const told: string[] = [];
  const tell =
    (what: string) =>
    (...said: readonly unknown[]): void => {
      told.push([what, ...said.map((one) => (typeof one === 'string' ? one : JSON.stringify(one)))].join(' '));
    };
  const link: Link = {
    deliver: tell('deliver'),
    accepted: tell('accepted'),
    refused: tell('refused'),
    confirmed: tell('confirmed'),
    rejected: tell('rejected'),
    interrupted: tell('interrupted'),
    send: tell('send'),
    lose: tell('lose'),
    report: tell('report'),
    changed: tell('changed'),
  };
  const dialect = new BinanceDialect(link);
  for (const frame of frames) dialect.receive(frame);
  return told;
}

describe('the dialect of Binance', () => {
  it.each([
    ['an answer', '{"result":null,"id":7}', 'accepted 7'],
    ['an answer whose id is a text', '{"result":null,"id":"7"}', 'accepted 7'],
    ['an id of nine digits', '{"result":null,"id":123456789}', 'accepted 123456789'],
    ['an id of sixteen', '{"result":null,"id":1234567890123456}', 'accepted 1234567890123456'],
    ['a text of sixteen, zeros before', '{"result":null,"id":"0000000000000007"}', 'accepted 0000000000000007'],
    ['a list, as our own questions get', '{"result":["btcusdt@trade"],"id":8}', 'accepted 8'],
    ['a refusal as documented', '{"code":2,"msg":"Invalid request: x","id":1}', 'refused 1 2 Invalid request: x'],
    ['a refusal as seen', '{"error":{"code":2,"msg":"x"},"id":"1"}', 'refused 1 2 x'],
    ['code 0', '{"code":0,"msg":"Unknown property","id":1}', 'refused 1 0 Unknown property'],
    ['a refusal whose code is a text', '{"code":"2","msg":"x","id":1}', 'refused 1 {"code":"2","msg":"x","id":1}'],
    ['a refusal without a code', '{"error":{"msg":"x"},"id":1}', 'refused 1 {"error":{"msg":"x"},"id":1}'],
    ['a refusal that is a text', '{"error":"x","id":1}', 'refused 1 {"error":"x","id":1}'],
    ['an error of no request', '{"code":3,"msg":"Invalid JSON"}', 'refused  3 Invalid JSON'],
    ['an error of a request without an id', '{"error":{"code":3,"msg":"x"},"id":null}', 'refused  3 x'],
    ['an id that is a list of ours', '{"result":null,"id":[7]}', 'accepted '],
    ['an event', '{"stream":"a@trade","data":{"e":"trade"}}', 'deliver a@trade {"e":"trade"}'],
    ['an event of a kind nobody knows', '{"stream":"a@new","data":{"e":"new"}}', 'deliver a@new {"e":"new"}'],
    ['an event over all symbols', '{"stream":"!ticker@arr","data":[{"s":"A"}]}', 'deliver !ticker@arr [{"s":"A"}]'],
    ['a combined end', '{"stream":"!serverShutdown","data":{"e":"serverShutdown","E":1}}', 'lose shutdown announced'],
    ['a raw end', '{"e":"serverShutdown","E":1770123456789}', 'lose shutdown announced'],
  ])('reads %s', (_, frame, told) => {
    expect(heard(frame)).toEqual([told]);
  });

  it.each(['{}', '{"id":1}', '17', '"x"', 'null', '[]', '{"e":"trade","s":"A"}', '{"stream":7}', 'no json', ''])(
    'says of %s that it can’t be read',
    (frame) => {
      expect(() => heard(frame)).toThrow();
    },
  );
});
