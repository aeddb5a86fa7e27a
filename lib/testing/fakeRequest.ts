import type { Subscriber } from 'rxjs';
import { RequestFailedError } from '../errors/requestFailedError.js';
import type { HttpRequest, HttpResponse } from '../network/network.js';
import { textOf } from './fakeWire.js';

/** A request of the client, to be answered by a test. */
export interface FakeRequest {
  /** What was asked. */
  readonly request: HttpRequest;
  /** What has become of it. */
  readonly status: 'waiting' | 'answered' | 'failed' | 'aborted';
  /** Answers it: with a response, or with a body of status 200. */
  respond(answer: unknown): void;
  /** Fails it without an answer. */
  fail(error?: RequestFailedError): void;
}

/** A response of the venue. A body that is no text is sent as JSON. Default: status 200, no headers. */
export const response = (
  body: unknown,
  { status = 200, headers = {} }: Partial<Omit<HttpResponse, 'body'>> = {},
): HttpResponse => ({ status, headers, body: textOf(body) });

/** Both ends of one request. */
export function fakeRequest(
  request: HttpRequest,
  subscriber: Subscriber<HttpResponse>,
  onAborted: () => void,
): FakeRequest {
  let status: FakeRequest['status'] = 'waiting';
  subscriber.add(() => {
    if (status !== 'waiting') return;
    status = 'aborted';
    onAborted();
  });
  return {
    request,
    get status() {
      return status;
    },
    respond: (answer) => {
      if (status !== 'waiting') return;
      status = 'answered';
      subscriber.next(isResponse(answer) ? answer : response(answer));
      subscriber.complete();
    },
    fail: (error = new RequestFailedError('no answer')) => {
      if (status !== 'waiting') return;
      status = 'failed';
      subscriber.error(error);
    },
  };
}

function isResponse(answer: unknown): answer is HttpResponse {
  return typeof answer === 'object' && answer !== null && 'status' in answer && 'headers' in answer && 'body' in answer;
}
