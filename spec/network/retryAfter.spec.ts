import { retryAfterOf } from '../../lib/network/retryAfter.js';

it.each<readonly [string, Readonly<Record<string, string>>, number | undefined]>([
  ['nothing', {}, undefined],
  ['Retry-After', { 'retry-after': '7' }, 7_000],
  ['a part of a second', { 'retry-after': '0.5' }, 500],
  ['none at all', { 'retry-after': '0' }, 0],
  ['a ban of three days', { 'retry-after': '259200' }, 259_200_000],
  ['a date', { 'retry-after': 'Fri, 20 Nov 2026 10:00:00 GMT' }, undefined],
  ['an empty text', { 'retry-after': '' }, undefined],
  ['the header of drafts', { 'ratelimit-reset': '17' }, 17_000],
  ['the header of servers', { 'x-ratelimit-reset': '17' }, 17_000],
  ['two: Retry-After counts', { 'x-ratelimit-reset': '17', 'retry-after': '3' }, 3_000],
  ['a time since 1970', { 'x-ratelimit-reset': '1790000000' }, undefined],
  ['the past', { 'retry-after': '-1' }, undefined],
])('reads how long to stay away out of %s', (_, headers, expected) => {
  expect(retryAfterOf(headers)).toBe(expected);
});
