import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { toLine, toPlainText } from '../../src/program/plain-text.js';

describe('toLine', () => {
  it.each([
    ['Welcome to the House of Tea! <3', 'Welcome to the House of Tea! <3'],
    ['Vec<T> and <stdio.h>', 'Vec<T> and <stdio.h>'],
    ['Q&A, R&D &amp; you', 'Q&A, R&D & you'],
    ['<a href="x>y">link</a> it', 'link it'],
    ['a<br>b', 'a b'],
    ['<<b>b>bold</b>', 'bold'],
    ['<script>alert(1)</script>safe', 'safe'],
    ['&lt;script&gt;alert(1)&lt;/script&gt;safe', 'safe'],
    ['&amp;lt;b&amp;gt;', '&lt;b&gt;'],
    ['two\r\nlines\u00a0and\ttabs', 'two lines and tabs'],
    ['nul\u0000, escape\u001b, override\u202e', 'nul, escape, override'],
    ['half \ud83d of an emoji', 'half of an emoji'],
    ['family 👩‍👧 stays', 'family 👩‍👧 stays'],
    ['\u200d\u2060', ''],
  ])('makes %j into %j', (raw, text) => {
    expect(toLine(raw, 'html').text).toBe(text);
  });

  it('says what it took out', () => {
    expect(toLine('<i>x</i>', 'html')).toEqual({ text: 'x', hadTags: true, hadControls: false });
    expect(toLine('x\u0007', 'html')).toEqual({ text: 'x', hadTags: false, hadControls: true });
    expect(toLine('x\ny', 'html')).toEqual({ text: 'x y', hadTags: false, hadControls: false });
  });

  it('leaves entities alone in plain text', () => {
    expect(toLine('AT&amp;T', 'plain').text).toBe('AT&amp;T');
  });
});

describe('toPlainText', () => {
  it.each([
    ['one\r\ntwo\r\n\r\n\r\nthree', 'one\ntwo\n\nthree'],
    ['<p>one\ntwo</p>\n<p>three</p>', 'one two\n\nthree'],
    ['<ul><li>a</li><li><p>b</p></li></ul>', '• a\n• b'],
    ['<ul><li>a<ul><li>b</li></ul></li><li></li><li>c</li></ul>d', '• a\n◦ b\n• c\n\nd'],
    ['<ol><li>one</li><li>two</li></ol>', '1. one\n2. two'],
    ['<ol start="3"><li>a</li><li value="7">b</li><li>c</li></ol>', '3. a\n7. b\n8. c'],
    ['<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>', '1. a\n◦ b\n2. c'],
    [
      '<table><tr><th>When</th><th>What</th></tr><tr><td>9</td><td>Tea</td></tr></table>',
      'When | What\n9 | Tea',
    ],
    ['<pre>one\n  two</pre><p>three\nfour</p>', 'one\ntwo\n\nthree four'],
    ['<p>a &amp;amp; b &amp;lt;i&amp;gt;</p>', 'a &amp; b &lt;i&gt;'],
    ['<p>one</p><p>&lt;3 two</p>', 'one\n\n<3 two'],
    ['&lt;p&gt;one&lt;/p&gt;&lt;p&gt;two&lt;/p&gt;', 'one\n\ntwo'],
    ['x<br/>y', 'x\ny'],
    ['a <em>b</em>, c', 'a b, c'],
    ['<!-- note -->kept', 'kept'],
    ['<style>p{}</style>kept', 'kept'],
    ['an open <style is no tag', 'an open <style is no tag'],
  ])('makes %j into %j', (raw, text) => {
    expect(toPlainText(raw, 'html')).toBe(text);
  });

  const soup = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          '<p>',
          '</p>',
          '<br>',
          '<b>',
          '<script>',
          '</script>',
          '<',
          '>',
          '&lt;',
          '&gt;',
          '&amp;',
          '&#60;',
          '"',
          '\n',
          '\n\n',
          '\u0000',
          '<li>',
          '<ol>',
          '</ol>',
          '<td>',
          '<tr>',
          '<pre>',
          '</pre>',
          '\u0001',
          '\u0002',
          '<!--',
          '-->',
          ' ',
        ),
        fc.string({ unit: 'binary', maxLength: 5 }),
      ),
      { maxLength: 30 },
    )
    .map((parts) => parts.join(''));

  it('lets no known tag and no control character through, whatever comes in', () => {
    fc.assert(
      fc.property(soup, (raw) => {
        for (const text of [toPlainText(raw, 'html'), toLine(raw, 'html').text]) {
          expect(text).not.toMatch(/<\/?(p|br|b|script|li|ol|td|tr|pre)>|<!--[^]*-->/i);
          expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Cs}/u);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('finds nothing more to take out of its own result', () => {
    fc.assert(
      fc.property(soup, (raw) => {
        const text = toPlainText(raw, 'html');
        expect(toPlainText(text, 'plain')).toBe(text);
        const line = toLine(raw, 'html').text;
        expect(toLine(line, 'plain')).toEqual({ text: line, hadTags: false, hadControls: false });
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    '<p>',
    '<br>',
    '<li>',
    '<pre>',
    '<td>',
    '<ol><li>',
    '<script>',
    '<a "',
    '<!--',
    '&lt;b',
    '<b>',
    '<<b>b',
    '<a """',
    '\r',
    '&#',
  ])(
    'comes to an end on a text of nothing but %j',
    // A quadratic reading takes minutes here.
    { timeout: 30_000 },
    (piece) => {
      toPlainText(piece.repeat(1_000_000 / piece.length), 'html');
    },
  );
});
