import { readXml, type Elements } from './xml.js';

/** Gathers the text of a string: that of its runs, without how it is pronounced. */
export interface TextRuns extends Required<Omit<Elements, 'opens'>> {
  opens(name: string): void;
  /** What was gathered since the last time. */
  take(): string;
}

/** Makes what gathers the texts of strings, shared or in their cells, one after another. */
export function textRuns(): TextRuns {
  let isText = false;
  let isPhonetic = false;
  let gathered = '';
  const turn = (name: string, on: boolean) => {
    if (name === 't') isText = on;
    else if (name === 'rPh') isPhonetic = on;
  };
  return {
    opens(name) {
      turn(name, true);
    },
    closes(name) {
      turn(name, false);
    },
    text(text) {
      if (isText && !isPhonetic) gathered += text;
    },
    take() {
      const whole = unescaped(gathered);
      gathered = '';
      return whole;
    },
  };
}

/** The strings that cells share, in their order. */
export async function sharedStrings(part: AsyncIterable<Uint8Array>): Promise<readonly string[]> {
  const strings: string[] = [];
  const runs = textRuns();
  await readXml(part, {
    ...runs,
    closes(name) {
      runs.closes(name);
      if (name === 'si') strings.push(runs.take());
    },
  });
  return strings;
}

/**
 * Signs that XML does not allow stand in workbooks as `_x000D_` (ECMA-376 part 1, 22.9.2.19).
 *
 * @example unescaped('Ebb_x000D_Flood') // 'Ebb\rFlood'
 */
export function unescaped(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([\dA-Fa-f]{4})_/g, (_, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  );
}
