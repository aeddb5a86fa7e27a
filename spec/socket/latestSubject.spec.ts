import { take } from 'rxjs';
import { LatestSubject } from '../../lib/socket/latestSubject.js';

/** A subject, and what each of its observers has heard. */
function start() {
  const subject = new LatestSubject<string | undefined>();
  const heard: string[] = [];
  const observe = (name: string) =>
    subject.subscribe({
      next: (value) => heard.push(`${name} ${String(value)}`),
      error: (error: unknown) => heard.push(`${name} error ${String(error)}`),
      complete: () => heard.push(`${name} end`),
    });
  return { subject, heard, observe };
}

describe('LatestSubject', () => {
  it('tells who comes late the latest value, then what comes', () => {
    const { subject, heard, observe } = start();
    observe('a');
    subject.next('1');
    subject.next('2');
    observe('b');
    subject.next('3');

    expect(heard).toEqual(['a 1', 'a 2', 'b 2', 'a 3', 'b 3']);
  });

  it('tells a function too, and takes a value that is `undefined` for one', () => {
    const { subject, heard } = start();
    subject.next(undefined);
    subject.subscribe((value) => heard.push(`f ${String(value)}`));

    expect(heard).toEqual(['f undefined']);
  });

  it('tells nothing before the first value, nor what was forgotten', () => {
    const { subject, heard, observe } = start();
    observe('a');
    subject.next('1');
    subject.discard();
    observe('b');

    expect(heard).toEqual(['a 1']);
  });

  it('tells who comes late, last, what is caused by telling the latest', () => {
    const { subject, heard } = start();
    subject.next('1');
    subject.subscribe((value) => {
      heard.push(String(value));
      if (value === '1') subject.next('2');
    });

    expect(heard).toEqual(['1', '2']);
  });

  it('leaves those alone who leave with the latest', () => {
    const { subject, heard } = start();
    subject.next('1');
    subject.pipe(take(1)).subscribe((value) => heard.push(String(value)));
    subject.next('2');

    expect(heard).toEqual(['1']);
    expect(subject.observed).toBe(false);
  });

  it.each(['complete', 'error'] as const)('tells who comes after the end (%s) only that', (how) => {
    const { subject, heard, observe } = start();
    subject.next('1');
    if (how === 'complete') subject.complete();
    else subject.error('broken');
    observe('a');

    expect(heard).toEqual([how === 'complete' ? 'a end' : 'a error broken']);
  });
});
