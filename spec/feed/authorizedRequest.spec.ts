import * as t from 'io-ts';
import { of, throwError } from 'rxjs';
import { RequestFailedError } from '../../lib/errors/requestFailedError.js';
import { authorizedRequest } from '../../lib/feed/authorizedRequest.js';
import { response } from '../../lib/testing/index.js';

const Answer = t.type({ size: t.string }, 'Answer');

function rig(bodies: readonly string[], refusals?: readonly number[]) {
  const left = [...bodies];
  const sent: string[] = [];
  const tokens = { get: () => of(`t${sent.length}`), refuse: () => undefined };
  const ask = authorizedRequest(
    tokens,
    (path, token) => {
      sent.push(`${path} ${token}`);
      const body = left.shift() ?? '';
      const status = Number(body);
      return status > 0 ? throwError(() => new RequestFailedError('no', status)) : of(response(body));
    },
    refusals,
  );
  const heard: unknown[] = [];
  ask('/orders', Answer).subscribe({
    next: (value) => heard.push(value),
    error: (error) => heard.push(String(error)),
  });
  return { sent, heard };
}

it('asks with the present token and reads the answer', () => {
  expect(rig(['{"size":"1.50"}'])).toEqual({ sent: ['/orders t0'], heard: [{ size: '1.50' }] });
});

it('asks once more with another token where the venue refuses the first, by its own statuses', () => {
  expect(rig(['401', '{"size":"1"}'])).toEqual({ sent: ['/orders t0', '/orders t1'], heard: [{ size: '1' }] });
  expect(rig(['403', '{"size":"1"}'], [403]).sent).toHaveLength(2);
  expect(rig(['403', '{"size":"1"}']).sent).toHaveLength(1);
});

it('says where an answer can not be read, and not what it holds', () => {
  const [error] = rig(['{"size":"hunter2","size":7}']).heard;
  expect(error).toContain('Answer/size');
  expect(error).not.toContain('hunter2');
});
