import { FaultSyntaxError, parseFaults } from '../../../lib/simulation/index.js';

describe('parseFaults', () => {
  it.each([
    ['', []],
    ['drop@10s', [{ fault: 'drop', at: 10_000 }]],
    [
      'drop@10s, closeCleanly@20s/20s',
      [
        { fault: 'drop', at: 10_000 },
        { fault: 'closeCleanly', at: 20_000, every: 20_000 },
      ],
    ],
    ['silent@500ms+3s', [{ fault: 'silent', at: 500, for: 3_000 }]],
    [
      'drop@1s+1m/2hx5:ethusdt@depth',
      [{ fault: 'drop', at: 1_000, for: 60_000, every: 7_200_000, count: 5, target: 'ethusdt@depth' }],
    ],
    ['failingSnapshot=429@0s', [{ fault: 'failingSnapshot', at: 0, status: 429 }]],
    ['slowSnapshot=2.5s@1m', [{ fault: 'slowSnapshot', at: 60_000, delay: 2_500 }]],
    ['closeCleanly=1012@1s', [{ fault: 'closeCleanly', at: 1_000, code: 1012 }]],
    ['burst@1sx50', [{ fault: 'burst', at: 1_000, count: 50 }]],
  ])('reads %p', (text, plan) => {
    expect(parseFaults(text)).toEqual(plan);
  });

  it.each([
    ['drop', /not understood.*name\[=value\]@time/],
    ['dorp@10s', /there is no fault named dorp; accepted: drop, duplicate,/],
    ['drop@10', /"10" is no duration; accepted: a number with ms, s, m or h/],
    ['drop@', /"" is no duration/],
    ['drop@-1s', /"-1s" is no duration/],
    ['drop@1s/0s', /"0s" is too short/],
    ['drop@1sx0', /"0" is not that; accepted: a whole number/],
    ['drop@1s:', /the target is empty/],
    ['drop=3@1s', /drop takes no value/],
    ['closeCleanly@1s+3s', /closeCleanly happens at one moment/],
    ['closeCleanly=1006@1s', /1006 can't be sent/],
    ['failingSnapshot=200@1s', /an HTTP status from 400 to 599/],
    ['drop@1s,,silent@2s', /fault "": not understood/],
  ])('refuses %p and says what is accepted', (text, message) => {
    expect(() => parseFaults(text)).toThrow(FaultSyntaxError);
    expect(() => parseFaults(text)).toThrow(message);
  });
});
