import { debounceTime, map, share, switchMap, throwError, timer } from 'rxjs';
import { runDiagramText } from './diagram.js';
import { parseDiagram } from './readDiagram.js';

const TIMES_TEN = `
% A comment.
-a-(bc)--|
title = numbers
a := 1
b := 2
c := 3

> map(n => n * 10)

-a-(bc)--|
title = result
a := 10
b := 20
c := 30
`;

describe('runDiagram', () => {
  it('feeds what is drawn above the box and asks for what is drawn below', () => {
    runDiagramText(TIMES_TEN, ({ hot, expect }) => {
      expect('result', hot('numbers', Number).pipe(map((n) => n * 10)), String);
    });
  });

  it('fails when a value is not the one drawn', () => {
    expect(() => {
      runDiagramText(TIMES_TEN, ({ hot, expect }) => {
        expect('result', hot('numbers', Number).pipe(map((n) => n * 11)), String);
      });
    }).toThrow();
  });

  it('fails when a value comes at another frame than drawn', () => {
    expect(() => {
      runDiagramText(TIMES_TEN, ({ hot, expect }) => {
        const late = hot('numbers', Number).pipe(switchMap((n) => timer(1).pipe(map(() => n * 10))));
        expect('result', late, String);
      });
    }).toThrow();
  });

  it('fails when a stream is drawn and not tested', () => {
    expect(() => {
      runDiagramText(TIMES_TEN, ({ hot }) => void hot('numbers', Number));
    }).toThrow(/untested/);
  });

  it('fails when a stream is asked for that is not drawn', () => {
    expect(() => {
      runDiagramText(TIMES_TEN, ({ hot }) => void hot('letters', String));
    }).toThrow('draws no "letters", only numbers, result');
  });

  it('stretches frames to what the box says', () => {
    const text = `
-a-b----c-----
title = typed

> debounceTime(20 s) (1 frame = 10 s)

-----b----c---
title = settled
`;
    runDiagramText(text, ({ hot, expect, frame }) => {
      const typed = hot('typed', String);
      expect('settled', typed.pipe(debounceTime(2 * frame)), String);
    });
    expect(parseDiagram(text).frame).toBe(10_000);
  });

  it('draws observers that come late and leave, and what that does to the source', () => {
    const text = `
--a--b--c--d--e
title = source

> share()

--a--b-l
title = A
l := leaves

    -b--c--l
title = B
l := leaves

j----------l
title = subscriptions
j := joins
l := leaves
`;
    const test = (drawing: string): void => {
      runDiagramText(drawing, ({ hot, expect, expectSubscriptions }) => {
        const source = hot('source', String);
        const shared = source.pipe(share());
        expect('A', shared, String);
        expect('B', shared, String);
        expectSubscriptions('subscriptions', source.subscriptions);
      });
    };
    test(text);
    expect(() => {
      test(text.replace('j----------l', 'j---------l-'));
    }).toThrow();
  });

  it('meets a drawn error with any error of the code', () => {
    runDiagramText('-a-#\ntitle = in\n\n> identity\n\n-a-#\ntitle = out', ({ cold, expect }) => {
      expect('out', cold('in', String, new RangeError('lost')), String);
    });
    expect(() => {
      runDiagramText('-a-#\ntitle = out', ({ expect }) => {
        expect(
          'out',
          throwError(() => new Error('at once')),
          String,
        );
      });
    }).toThrow();
  });
});
