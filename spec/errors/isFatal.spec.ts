import { AuthenticationRefusedError } from '../../lib/errors/authenticationRefusedError.js';
import { isFatal } from '../../lib/errors/isFatal.js';
import { PlatformError } from '../../lib/errors/platformError.js';
import { RequestFailedError } from '../../lib/errors/requestFailedError.js';
import { SubscriptionRefusedError } from '../../lib/errors/subscriptionRefusedError.js';
import { WireLostError } from '../../lib/errors/wireLostError.js';

describe('isFatal', () => {
  it.each([
    ['refused credentials', new AuthenticationRefusedError('acme', 'no'), true],
    ['a platform that cannot', new PlatformError('headers', 'no'), true],
    ['an address the venue does not have', new SubscriptionRefusedError('acme', 'a', 'no'), true],
    ["a caller's own that says by what reason", Object.assign(new Error('x'), { fatal: 'auth' }), true],
    ['a lost wire', new WireLostError('failed', 'x'), false],
    ['a failed request', new RequestFailedError('x'), false],
    ['the mark of another library', Object.assign(new Error('x'), { fatal: true }), false],
    ['another word', Object.assign(new Error('x'), { fatal: 'no' }), false],
    ['no error', { fatal: 'auth' }, false],
    ['nothing', undefined, false],
  ])('%s', (_, error, expected) => {
    expect(isFatal(error)).toBe(expected);
  });
});
