import { asciiText } from '../../../lib/cli/render/asciiText.js';
import { widthOf } from '../../../lib/cli/render/text.js';
import { readable } from '../../../lib/cli/terminal/asciiOutput.js';
import { isUtf8 } from '../../../lib/cli/terminal/locale.js';
import { fakeIo } from '../support/fakeIo.js';

describe('asciiText', () => {
  it('takes as many cells as what it stands for', () => {
    const text = '● book live │ ██▋ ╭╮╰╯ 币安 … × ▸ é';
    const plain = asciiText(text);

    expect(plain).toBe("* book live | ### ..'' ???? ~ x > ?");
    expect(plain.length).toBe(widthOf(text));
  });

  it('is what is written where no more can be read', () => {
    const io = fakeIo();

    readable({ ...io, unicode: false }).out.write('\u001b[31m● lost\u001b[0m');
    readable(io).out.write('●');

    expect(io.out.text()).toBe('\u001b[31m* lost\u001b[0m●');
  });
});

describe('isUtf8', () => {
  it.each([
    [{ LANG: 'en_US.UTF-8' }, true],
    [{ LANG: 'C.utf8' }, true],
    [{ LANG: 'en_US.UTF-8', LC_ALL: 'C' }, false],
    [{ LANG: 'en_US.UTF-8', LC_ALL: '' }, true],
    [{ LANG: 'de_DE.ISO-8859-1', LC_CTYPE: 'de_DE.UTF-8' }, true],
    [{ LANG: 'de_DE.ISO-8859-1' }, false],
    [{}, false],
  ])('reads %j as %s', (environment, is) => {
    expect(isUtf8(environment, 'linux')).toBe(is);
  });

  it('takes Windows at its word', () => {
    expect(isUtf8({}, 'win32')).toBe(true);
  });
});
