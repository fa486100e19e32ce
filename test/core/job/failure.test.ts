import { describe, expect, it } from 'vitest';
import {
  afterCancel,
  afterRead,
  afterSubmit,
  type CallFailure,
  errorOf,
  type Lost,
} from '../../../src/core/job/failure';

const status = (code: number): CallFailure => ({
  kind: 'status',
  status: code,
  host: 'api.example',
  message: 'Why.',
  retryAfter: null,
});
const lost = (error: Lost): CallFailure => ({ kind: 'lost', error });

/** Columns: what a submit, a read and a cancel do about it, and what it is called. */
const TABLE: readonly (readonly [number, string, string, string, string])[] = [
  [400, 'final', 'final', 'read', 'request-refused'],
  [401, 'park', 'park', 'park', 'key-refused'],
  [402, 'park', 'park', 'park', 'credits-missing'],
  [403, 'park', 'park', 'park', 'key-not-permitted'],
  [404, 'final', 'missing', 'list', 'service-wrong-address'],
  [408, 'reconcile', 'retry', 'retry', 'request-refused'],
  [409, 'reconcile', 'not-ready', 'read', 'request-refused'],
  [412, 'park', 'park', 'park', 'plan-missing'],
  [413, 'final', 'final', 'read', 'upload-too-large'],
  [415, 'final', 'final', 'read', 'format-refused'],
  [418, 'reconcile', 'retry', 'read', 'request-refused'],
  [422, 'final', 'final', 'read', 'picture-refused'],
  [425, 'wait', 'retry', 'retry', 'service-busy'],
  [429, 'wait', 'wait', 'wait', 'service-busy'],
  [500, 'reconcile', 'retry', 'retry', 'service-failing'],
  [502, 'reconcile', 'retry', 'retry', 'service-failing'],
  [503, 'reconcile', 'retry', 'retry', 'service-failing'],
  [504, 'reconcile', 'retry', 'retry', 'service-failing'],
];

describe('what each call does about each answer', () => {
  it.each(TABLE)('%i: a submit %s, a read %s, a cancel %s; the error is %s', (code, submit, read, cancel, error) => {
    const failure = status(code);
    expect([afterSubmit(failure), afterRead(failure), afterCancel(failure), errorOf(failure).code]).toEqual([
      submit,
      read,
      cancel,
      error,
    ]);
  });

  const host = 'api.example';
  it.each<readonly [Lost]>([
    [{ code: 'offline' }],
    [{ code: 'timed-out', host }],
    [{ code: 'answer-unreadable', host }],
    [{ code: 'host-unreachable', host, local: false }],
  ])('$code: a submit is looked up and never repeated, everything else is asked again', (error) => {
    const failure = lost(error);
    expect([afterSubmit(failure), afterRead(failure), afterCancel(failure)]).toEqual(['reconcile', 'retry', 'retry']);
    expect(errorOf(failure)).toEqual(error);
  });

  it('a host that the page may not reach never got anything', () => {
    expect(afterSubmit(lost({ code: 'host-blocked', host }))).toBe('final');
    expect(afterRead(lost({ code: 'host-blocked', host }))).toBe('final');
  });
});
