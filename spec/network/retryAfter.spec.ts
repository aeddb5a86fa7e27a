import { retryAfterOf } from '../../lib/network/retryAfter.js';

/** Of an answer that was given at 9:59:50. */
const date = 'Fri, 20 Nov 2026 09:59:50 GMT';

it.each<readonly [string, Readonly<Record<string, string>>, number | undefined]>([
  ['nothing', {}, undefined],
  ['Retry-After', { 'retry-after': '7' }, 7_000],
  ['a part of a second', { 'retry-after': '0.5' }, 500],
  ['none at all', { 'retry-after': '0' }, 0],
  ['a ban of three days', { 'retry-after': '259200' }, 259_200_000],
  ['a date', { 'retry-after': 'Fri, 20 Nov 2026 10:00:00 GMT', date }, 10_000],
  ['a date as it was written before 1994', { 'retry-after': 'Friday, 20-Nov-26 10:00:00 GMT', date }, 10_000],
  ['a date as C writes it', { 'retry-after': 'Fri Nov 20 10:00:00 2026', date }, 10_000],
  ['a date as C writes it, early in a month', { 'retry-after': 'Tue Dec  1 00:00:00 2026', date }, 914_410_000],
  ['a date of the venue’s clock in each form', { 'retry-after': '3', date: 'Fri Nov 20 09:59:50 2026' }, 3_000],
  ['the moment of the answer', { 'retry-after': date, date }, 0],
  ['a date that is over', { 'retry-after': 'Fri, 20 Nov 2026 09:00:00 GMT', date }, undefined],
  ['a date beside no clock', { 'retry-after': 'Fri, 20 Nov 2026 10:00:00 GMT' }, undefined],
  ['a date beside a clock that is none', { 'retry-after': 'Fri, 20 Nov 2026 10:00:00 GMT', date: 'now' }, undefined],
  ['a date of another kind', { 'retry-after': '2026-11-20T10:00:00Z', date }, undefined],
  ['a word', { 'retry-after': 'soon', date }, undefined],
  ['a month', { 'retry-after': 'Nov', date }, undefined],
  ['an empty text', { 'retry-after': '' }, undefined],
  ['the header of drafts', { 'ratelimit-reset': '17' }, 17_000],
  ['the header of servers', { 'x-ratelimit-reset': '17' }, 17_000],
  ['two: Retry-After counts', { 'x-ratelimit-reset': '17', 'retry-after': '3' }, 3_000],
  ['two, of which one can’t be read', { 'x-ratelimit-reset': '17', 'retry-after': 'soon' }, 17_000],
  ['a time since 1970', { 'x-ratelimit-reset': '1790000000' }, undefined],
  ['the past', { 'retry-after': '-1' }, undefined],
  ['no number', { 'retry-after': 'NaN' }, undefined],
  ['the same header twice', { 'retry-after': '5, 5' }, 5_000],
  ['endless', { 'retry-after': 'Infinity' }, undefined],
  ['beyond all doubles', { 'retry-after': '1e999' }, undefined],
])('reads how long to stay away out of %s', (_, headers, expected) => {
  expect(retryAfterOf({ status: 429, headers })).toBe(expected);
});

it('reads a date by the clock that is given where the answer has none', () => {
  const headers = { 'retry-after': 'Fri, 20 Nov 2026 10:00:00 GMT' };
  expect(retryAfterOf({ status: 503, headers }, Date.UTC(2026, 10, 20, 9, 59, 57))).toBe(3_000);
});

it('takes when a quota is whole again for a wait only where it is used up', () => {
  const headers = { 'x-ratelimit-reset': '290' };
  expect([500, 404, 418, 429].map((status) => retryAfterOf({ status, headers }))).toEqual([
    undefined,
    undefined,
    290_000,
    290_000,
  ]);
});
