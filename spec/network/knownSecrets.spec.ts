import { KnownSecrets } from '../../lib/network/knownSecrets.js';

const secrets = ['plainSECRETtoken99', 'abc/DEF+ghi=jkl-012', 'p@ss "word" é%', '~~~???>>>ÿÿ'];

/** Ways in which a venue may repeat what it was sent. */
const ways: readonly (readonly [string, (secret: string) => string])[] = [
  ['as it is', (secret) => secret],
  ['in a URL', encodeURIComponent],
  ['in a URL, twice', (secret) => encodeURIComponent(encodeURIComponent(secret))],
  ['in JSON', (secret) => JSON.stringify(secret).slice(1, -1)],
  ['in JSON in JSON', (secret) => JSON.stringify(JSON.stringify(secret)).slice(3, -3)],
  ['in hex', (secret) => Buffer.from(secret).toString('hex')],
  ['in upper-case hex', (secret) => Buffer.from(secret).toString('hex').toUpperCase()],
  ['in base64', (secret) => Buffer.from(secret).toString('base64').replace(/=+$/, '')],
  ['in base64 for URLs', (secret) => Buffer.from(secret).toString('base64url')],
];

describe.each(ways)('a secret %s', (_, written) => {
  it.each(secrets)('is taken out of a text: %s', (secret) => {
    const known = new KnownSecrets();
    known.add(secret);

    expect(known.scrub(`no token ${written(secret)} is known`)).toBe('no token … is known');
  });
});

it('of any length is looked for', () => {
  const known = new KnownSecrets();
  const long = 'x'.repeat(70_000);
  known.add(long);

  expect(known.scrub(`before ${Buffer.from(long).toString('hex')} after`)).toBe('before … after');
});
