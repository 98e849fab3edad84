import type { Attachment } from '../../campaign/account-manners.js';
import type { Content, Picture } from '../../compose/content.js';
import { digestOf } from '../../compose/digest.js';
import { measure } from '../../compose/measure.js';

/** What a container is made of besides the content. */
export interface ContainerOptions {
  /** With `nothing` Threads itself still shows a card of the first link in the text. */
  readonly attach: Attachment;
  /** Without `#`. */
  readonly topicTag?: string | undefined;
  /** The public address of a picture; undefined where the site is not public. */
  readonly pictureAddress: (picture: Picture) => string | undefined;
}

/** A request for a container, by the names of its parameters. */
export interface ContainerRequest {
  readonly parameters: Readonly<Record<string, string>>;
  /** Of the parameters; the same request makes the same post. */
  readonly digest: string;
  /** The same without the picture, for when Threads cannot get it. */
  readonly plain?: Readonly<Record<string, string>>;
}

/** https://developers.facebook.com/docs/threads/create-posts: alternative text has at most so many characters. */
const longestAlt = 1_000;

/**
 * The request for a container: https://developers.facebook.com/docs/threads/create-posts. A picture and a card of the link exclude each other there
 * (`link_attachment` is for text posts only), so a picture that is not public makes way for the card.
 */
export function containerRequest(content: Content, options: ContainerOptions): ContainerRequest {
  const { text, link, picture } = content;
  const topic = options.topicTag === undefined ? {} : { topic_tag: options.topicTag };
  const card = options.attach === 'nothing' ? {} : { link_attachment: link.url };
  const plain = { media_type: 'TEXT', text, ...card, ...topic };
  const address =
    options.attach === 'picture' && picture ? options.pictureAddress(picture) : undefined;
  if (!picture || address === undefined) return { parameters: plain, digest: digestOf(plain) };
  const alt = Array.from(picture.alt).slice(0, longestAlt).join('');
  const pictured = { media_type: 'IMAGE', text, image_url: address, alt_text: alt, ...topic };
  return { parameters: pictured, digest: digestOf(pictured), plain };
}

/**
 * What is wrong with a text before anybody is asked, as a clause; undefined when nothing is. Counted anew as Threads counts.
 *
 * @example textProblem('a'.repeat(501)) // 'the text has 501 characters as Threads counts them, 500 are allowed'
 */
export function textProblem(text: string): string | undefined {
  const { used, limit } = measure(text, 'threads');
  return used > limit
    ? `the text has ${used} characters as Threads counts them, ${limit} are allowed`
    : undefined;
}

/**
 * What is wrong with a topic tag, as a clause; undefined when nothing is. https://developers.facebook.com/docs/threads/create-posts/topic-tags
 *
 * @example topicTagProblem('R&D') // 'it holds “&”'
 */
export function topicTagProblem(tag: string): string | undefined {
  const length = Array.from(tag).length;
  if (length < 1 || length > 50) return `it has ${length} characters, 1 to 50 are allowed`;
  const wrong = /[.&]/.exec(tag)?.[0];
  return wrong === undefined ? undefined : `it holds “${wrong}”`;
}
