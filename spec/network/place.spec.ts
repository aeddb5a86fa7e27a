import { holdsNoSecret, placeOf } from '../../lib/network/place.js';

describe('places', () => {
  it.each([
    ['wss://venue.example:9443/stream?streams=a', 'wss://venue.example:9443'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['https://user:password@venue.example/api/v3/depth', 'hidden'],
    ['https://password@venue.example', 'hidden'],
    ['https://venue.example\\ws?token=abc', 'https://venue.example'],
    ['venue.example/ws?token=abc', 'hidden'],
  ])('keep of %s for people %s', (url, place) => expect(placeOf(url)).toBe(place));

  it.each([
    ['wss://venue.example:9443/stream', {}, true],
    ['wss://venue.example:9443/stream', { 'x-key': 'abc' }, false],
    ['wss://venue.example/ws?token=12345678', {}, false],
    ['wss://venue.example/ws#12345678', {}, false],
    ['wss://user@venue.example/ws', {}, false],
    [`wss://venue.example/ws/${'k'.repeat(32)}`, {}, false],
  ])('say of %s with %j that others may be quoted: %s', (url, headers, expected) =>
    expect(holdsNoSecret({ url, headers })).toBe(expected),
  );
});
