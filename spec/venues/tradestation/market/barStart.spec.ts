import { barStart } from '../../../../lib/venues/tradestation/market/barStart.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const at = (text: string): number => Date.parse(text);
const startOf = (end: string, unit: 'Daily' | 'Weekly' | 'Monthly'): string =>
  new Date(barStart(at(end), unit, 1)).toISOString().slice(0, 16);

const clock = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/New_York',
  hourCycle: 'h23',
  weekday: 'short',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
});
/** What New York's clock shows, by the platform's own tables. */
const shown = (time: number): Readonly<Record<string, string>> =>
  Object.fromEntries(clock.formatToParts(time).map(({ type, value }) => [type, value]));
/** When New York's clock shows 16:00 on a day. */
function closeOn(year: number, month: number, day: number): number {
  const guess = Date.UTC(year, month, day, 20);
  return shown(guess)['hour'] === '16' ? guess : guess + HOUR;
}

it.each([
  ['2023-03-31T20:00:00Z', 'Monthly', '2023-02-28T21:00'],
  ['2024-03-31T20:00:00Z', 'Monthly', '2024-02-29T21:00'],
  ['2023-05-31T20:00:00Z', 'Monthly', '2023-04-30T20:00'],
  ['2023-12-31T21:00:00Z', 'Monthly', '2023-11-30T21:00'],
  ['2023-01-31T21:00:00Z', 'Monthly', '2022-12-31T21:00'],
  ['2023-04-30T20:00:00Z', 'Monthly', '2023-03-31T20:00'],
  ['2023-04-28T20:00:00Z', 'Monthly', '2023-03-28T20:00'],
  ['2023-04-01T00:00:00Z', 'Monthly', '2023-03-01T00:00'],
  ['2023-03-31T00:00:00Z', 'Monthly', '2023-02-28T00:00'],
  ['2023-03-17T20:00:00Z', 'Weekly', '2023-03-10T21:00'],
  ['2023-11-10T21:00:00Z', 'Weekly', '2023-11-03T20:00'],
  ['2023-03-20T00:00:00Z', 'Weekly', '2023-03-13T00:00'],
  ['2023-03-13T20:00:00Z', 'Daily', '2023-03-12T20:00'],
  ['2023-03-12T20:00:00Z', 'Daily', '2023-03-11T21:00'],
  ['2023-11-05T21:00:00Z', 'Daily', '2023-11-04T20:00'],
] as const)('a bar that closes at %s (%s) opens at %s', (end, unit, start) => {
  expect(startOf(end, unit)).toBe(start);
});

describe('over every day of 25 years, by the clock of New York', () => {
  const days = Array.from({ length: 25 * 366 }, (_, i) => new Date(Date.UTC(2003, 0, 1) + i * DAY));
  const ends = days.map((date) => closeOn(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()));

  it.each([
    ['Daily', 1],
    ['Weekly', 7],
  ] as const)('%s bars begin where the one before ends', (unit, width) => {
    expect(ends.slice(width).map((end) => barStart(end, unit, 1))).toEqual(ends.slice(0, -width));
  });

  it('months begin at the same hour of a day in the month before, the last one where they end on the last one', () => {
    for (const end of ends) {
      const [start, stop] = [shown(barStart(end, 'Monthly', 1)), shown(end)];
      const lastBefore = new Date(Date.UTC(Number(stop['year']), Number(stop['month']) - 1, 0));
      const last = new Date(Date.UTC(Number(stop['year']), Number(stop['month']), 0)).getUTCDate();
      const day = Number(stop['day']);
      expect(start).toMatchObject({ hour: '16', minute: '00', month: String(lastBefore.getUTCMonth() + 1) });
      expect(Number(start['day'])).toBe(
        day === last ? lastBefore.getUTCDate() : Math.min(day, lastBefore.getUTCDate()),
      );
    }
  });

  it('bars that end at the ends of months meet, however long these are', () => {
    const months = Array.from({ length: 300 }, (_, i) => {
      const date = new Date(Date.UTC(2003, i + 1, 0));
      return closeOn(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate());
    });
    expect(months.slice(1).map((end) => barStart(end, 'Monthly', 1))).toEqual(months.slice(0, -1));
  });
});

it('minutes are as long as they are, over a change of the clock too', () => {
  for (let end = at('2023-03-12T05:00:00Z'); end < at('2023-03-12T09:00:00Z'); end += 15 * 60_000) {
    expect(barStart(end, 'Minute', 60)).toBe(end - HOUR);
  }
});
