import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atomsOf, termsOf, typedAtoms } from '../../../src/program/search/atoms.js';
import { fold } from '../../../src/program/search/fold.js';

const forms = (text: string) => atomsOf(text).map((atom) => atom.forms[0]);

describe('folding', () => {
  it.each([
    ['Böhmelt', 'bohmelt'],
    ['Łódź', 'lodz'],
    ['Đặng', 'dang'],
    ['Straße', 'strasse'],
    ['STRASSE', 'strasse'],
    ['Søren Kierkegård', 'soren kierkegard'],
    ['İstanbul', 'istanbul'],
    ['Þórður', 'thordur'],
    ['ﬁnance', 'finance'],
    ['ＡＢＣ', 'abc'],
    ['Ὀδυσσεύς', 'οδυσσευσ'],
    ['ёлка', 'елка'],
    ['مُحَمَّد', 'محمد'],
    ['أحمد', 'احمد'],
    ['שָׁלוֹם', 'שלום'],
    ['東京', '東京'],
    ['한국어', '한국어'],
  ])('folds %s to %s', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  it('leaves the vowels of scripts in which they are marks', () => {
    expect(fold('हिन्दी')).toBe('हिन्दी');
    expect(fold('ที่')).toBe('ที่');
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        expect(fold(fold(text))).toBe(fold(text));
      }),
    );
  });
});

describe('atoms', () => {
  it('are words, with every common spelling', () => {
    expect(termsOf('Böhmelt')).toEqual(['bohmelt', 'boehmelt']);
    expect(termsOf('O’Brien')).toEqual(['obrien', 'o', 'brien']);
    expect(termsOf("l'État")).toEqual(['letat', 'l', 'etat']);
    expect(termsOf('the U.S. Congress')).toEqual(['the', 'us', 'congress']);
    expect(termsOf('COVID-19')).toEqual(['covid', '19']);
    expect(termsOf('서하윤')).toEqual(['서하윤', '하윤']);
  });

  it('of what is typed have no pieces that would find half of a program', () => {
    const typed = (text: string) => typedAtoms(text).map((atom) => atom.forms);
    expect(typed('O’Brien')).toEqual([['obrien', 'brien']]);
    expect(typed("l'État")).toEqual([['letat', 'etat']]);
    expect(typed("what's it")).toEqual([['whats'], ['it']]);
    expect(typed('서하윤 하윤')).toEqual([['서하윤'], ['하윤']]);
    expect(typed("rock'n'roll")).toEqual([['rocknroll']]);
  });

  it('are single signs where words have no spaces, found in overlapping twos', () => {
    expect(forms('東京AI会議')).toEqual(['東', '京', 'ai', '会', '議']);
    expect(termsOf('東京AI会議')).toEqual(['東京', '京', 'ai', '会議', '議']);
    expect(termsOf('タワー')).toEqual(['タワ', 'ワー', 'ー']);
  });

  it('are none in signs, spaces and halves of letters', () => {
    expect(termsOf(' … !? \u0000 \u0301 \ud800 ')).toEqual([]);
  });

  it('stand in the text, in order and apart', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        let last = 0;
        for (const { start, end, forms: all } of atomsOf(text)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(all.every((form) => form !== '')).toBe(true);
          last = end;
        }
        expect(last).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});
