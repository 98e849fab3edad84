import { describe, expect, it } from 'vitest';
import { markupHead } from '../../src/program/sources/markup-head.js';

describe('the head of markup', () => {
  it.each([
    ['<schedule>', { root: 'schedule' }],
    ['<?xml version="1.0"?>\n<!-- a > b --><schedule/>', { root: 'schedule' }],
    [
      '<!DOCTYPE schedule [ <!ENTITY a "b>"> ] >\n<schedule >',
      { doctype: 'schedule', root: 'schedule' },
    ],
    ['<!doctype HTML><HTML lang="en">', { doctype: 'html', root: 'HTML' }],
    ['<!-- never closed <schedule>', {}],
    ['{"a":1}', {}],
    ['', {}],
  ])('of %j', (text, head) => {
    expect(markupHead(text)).toEqual(head);
  });

  it.each(['<!DOCTYPE schedule [<!ENTITY a "b">', '<!-- a -->', '<?a?>', '<!DOCTYPE a>', ' '])(
    'is found in a text of nothing but %j',
    { timeout: 20_000 },
    (piece) => {
      expect(markupHead(piece.repeat(20_000)).root).toBeUndefined();
    },
  );
});
