import { expectLinear } from '../support/linear.js';
import { KnownSecrets } from '../../lib/network/knownSecrets.js';

const secrets = ['plainSECRETtoken99', 'abc/DEF+ghi=jkl-012', 'p@ss "word" é%', '~~~???>>>ÿÿ', 'back\\slash\\\\ed'];

const unicode = (letter: string): string => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Ways in which a venue may repeat what it was sent. */
const ways: readonly (readonly [string, (secret: string) => string])[] = [
  ['as it is', (secret) => secret],
  ['in a URL', encodeURIComponent],
  ['in a URL, twice', (secret) => encodeURIComponent(encodeURIComponent(secret))],
  ['in JSON', (secret) => JSON.stringify(secret).slice(1, -1)],
  ['in JSON in JSON', (secret) => JSON.stringify(JSON.stringify(secret)).slice(3, -3)],
  ['in hex', (secret) => Buffer.from(secret).toString('hex')],
  ['in upper-case hex', (secret) => Buffer.from(secret).toString('hex').toUpperCase()],
  [
    'in hex of mixed case',
    (secret) =>
      Buffer.from(secret)
        .toString('hex')
        .replace(/[a-f]/g, (digit, at: number) => (at % 4 < 2 ? digit.toUpperCase() : digit)),
  ],
  ['in a URL, in lower case', (secret) => encodeURIComponent(secret).replace(/%../g, (code) => code.toLowerCase())],
  [
    'in a URL, every letter of it',
    (secret) => [...Buffer.from(secret)].map((byte) => `%${byte.toString(16)}`).join(''),
  ],
  ['in a URL, three times', (secret) => encodeURIComponent(encodeURIComponent(encodeURIComponent(secret)))],
  ['in JSON, every letter of it', (secret) => secret.replace(/[^]/g, unicode)],
  [
    'in JSON, what is no ASCII or odd in upper case',
    (secret) => secret.replace(/[^\w]/g, (letter) => unicode(letter).toUpperCase().replace('U', 'u')),
  ],
  [
    'in JSON for scripts',
    (secret) =>
      JSON.stringify(secret)
        .slice(1, -1)
        .replace(/[<>&'=/+]/g, unicode),
  ],
  ['in JSON, three times', (secret) => JSON.stringify(JSON.stringify(JSON.stringify(secret))).slice(7, -7)],
  [
    'in HTML by names',
    (secret) =>
      secret.replace(
        /[&<>"']/g,
        (letter) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[letter] ?? '&apos;',
      ),
  ],
  ['in HTML by numbers', (secret) => secret.replace(/[^\w]/g, (letter) => `&#${letter.charCodeAt(0)};`)],
  [
    'in HTML in hex',
    (secret) => secret.replace(/[^\w]/g, (letter) => `&#x${letter.charCodeAt(0).toString(16).toUpperCase()};`),
  ],
  ['in HTML in HTML', (secret) => secret.replace(/[^\w]/g, (letter) => `&amp;#x${letter.charCodeAt(0).toString(16)};`)],
  ['in lines', (secret) => secret.replace(/(.{5})/g, '$1\n')],
  ['in lines of JSON', (secret) => secret.replace(/(.{5})/g, '$1\\r\\n')],
  ['in base64', (secret) => Buffer.from(secret).toString('base64').replace(/=+$/, '')],
  ['in base64 for URLs', (secret) => Buffer.from(secret).toString('base64url')],
  ['in base64 in a URL', (secret) => encodeURIComponent(Buffer.from(secret).toString('base64').replace(/=+$/, ''))],
  [
    'in lines of base64',
    (secret) =>
      Buffer.from(secret)
        .toString('base64')
        .replace(/=+$/, '')
        .replace(/(.{7})(?=.)/g, '$1\n'),
  ],
  [
    'in lines of hex',
    (secret) =>
      Buffer.from(secret)
        .toString('hex')
        .replace(/(.{8})(?=.)/g, '$1\\n'),
  ],
];

describe.each(ways)('a secret %s', (_, written) => {
  it.each(secrets)('is taken out of a text: %s', (secret) => {
    const known = new KnownSecrets();
    known.add(secret);

    expect(known.scrub(`no token ${written(secret)} is known`)).toBe('no token … is known');
  });

  it('is taken out of a text that was cut off within it, but for the first few letters', () => {
    for (const secret of secrets) {
      const known = new KnownSecrets();
      known.add(secret);
      const [whole, few] = [written(secret), written(secret.slice(0, 7)).length];
      for (let end = few + 1; end < whole.length; end += 3) {
        // Half an escape may stand behind it.
        expect(known.scrub(`no token ${whole.slice(0, end)}`)).toMatch(/^no token ….?$/);
      }
    }
  });
});

const around: readonly (readonly [before: string, after: string])[] = [
  ['Bearer ', ''],
  ['me:', ''],
  ['x', '!'],
  ['xy', '!!'],
  ['', ':me'],
  ['{"access_token":"', '"}'],
];

it.each(around)('amid others in base64 is taken out of it: %j and %j', (before, after) => {
  for (const secret of secrets) {
    const known = new KnownSecrets();
    known.add(secret);
    for (const form of ['base64', 'base64url'] as const) {
      const told = known.scrub(`no ${Buffer.from(before + secret + after).toString(form)} is known`);
      const [, left = ''] = /no (.*) is known/.exec(told) ?? [];
      expect(left).toContain('…');
      // A letter at each end of it may hold some bits of it.
      const rest = left.split('…').map((one) => one.length);
      expect(rest[0]).toBeLessThanOrEqual(Math.ceil((before.length * 4) / 3));
      expect(rest[1]).toBeLessThanOrEqual(Math.ceil((after.length * 4) / 3) + 3);
    }
  }
});

it('of any length is looked for', () => {
  const known = new KnownSecrets();
  const long = 'x'.repeat(70_000);
  known.add(long);

  expect(known.scrub(`before ${Buffer.from(long).toString('hex')} after`)).toBe('before … after');
});

it('are looked for in a text of 64 KiB in no time worth the word, however many there are', () => {
  const known = new KnownSecrets();
  for (let n = 0; n < 64; n++) known.add(`secret-${n}-`.repeat(100));
  expectLinear(8_000, (times) => {
    const text = '\\&amp;%25'.repeat(times);
    return () => void known.scrub(text);
  });
});
