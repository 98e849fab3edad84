/**
 * A text without the characters that XML 1.0 forbids (https://www.w3.org/TR/xml/#charsets): control characters, halves of a pair, U+FFFE and U+FFFF.
 *
 * @example xmlText('a\u0000b') // 'ab'
 */
export function xmlText(text: string): string {
  return /[^\t\n\u0020-\uD7FF\uE000-\uFFFD]/.test(text)
    ? text.replace(/[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    : text;
}

/**
 * Plain text where readers expect HTML text without tags: what would be read as an entity is kept from it, all else stays as it is, so that readers of plain
 * text see "Q&A", too.
 *
 * @example htmlishText('Q&A on &amp;') // 'Q&A on &amp;amp;'
 */
export function htmlishText(text: string): string {
  return text.replace(/&(?=#?[a-z0-9]{1,40};)/gi, '&amp;');
}

/** Plain text as HTML: paragraphs are parted by an empty line, lines by a line end. */
export function htmlOf(text: string): string {
  return text
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${escaped(paragraph).replaceAll('\n', '<br>')}</p>`)
    .join('');
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
