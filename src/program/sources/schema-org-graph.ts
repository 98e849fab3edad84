import { isNode, listOf, nodesIn, textIn, typesOf, type LinkedNode } from './json-ld.js';

/** An event with what it is part of and what is part of it. */
export interface LinkedEvent {
  readonly node: LinkedNode;
  /** File or script, and the event's number in it. */
  readonly place: string;
  parent: LinkedEvent | undefined;
  readonly children: LinkedEvent[];
}

/** The events of documents, joined. */
export interface EventGraph {
  readonly events: readonly LinkedEvent[];
  /** The object that a reference (`{ "@id": … }`) means; itself where it is none. */
  readonly resolve: (value: unknown) => unknown;
}

/** Every type of event that schema.org has (https://schema.org/Event, "More specific types"), without those of broadcasting and trade. */
const eventTypes = new Set(
  `Event BusinessEvent ChildrensEvent ComedyEvent ConferenceEvent CourseInstance DanceEvent EducationEvent EventSeries ExhibitionEvent Festival FoodEvent
  Hackathon LiteraryEvent MusicEvent PerformingArtsEvent ScreeningEvent SocialEvent SportsEvent TheaterEvent VisualArtsEvent`.split(
    /\s+/,
  ),
);
const mention = new RegExp(`"(?:https?://schema\\.org/|schema:)?(?:${[...eventTypes].join('|')})"`);

/** Whether a text names a type of event at all. */
export function namesEvents(text: string): boolean {
  return mention.test(text);
}

/** Whether an object is an event. */
export function isEvent(node: LinkedNode): boolean {
  return typesOf(node).some((type) => eventTypes.has(type));
}

/**
 * Joins objects that say the same `@id`, in whichever script or document, and ties events to one another by `subEvent` and `superEvent`, whichever side says it. A super-event that is
 * only mentioned by its name is one event for all that mention it.
 */
export function eventGraph(
  values: readonly { readonly value: unknown; readonly place: string }[],
): EventGraph {
  const byId = new Map<string, LinkedNode>();
  const found: { readonly node: LinkedNode; readonly place: string }[] = [];
  for (const { value, place } of values) {
    let nth = 0;
    for (const node of nodesIn(value)) {
      const id = idOf(node);
      if (id !== undefined) byId.set(id, { ...node, ...byId.get(id) });
      if (isEvent(node)) found.push({ node, place: `${place}, event ${++nth}` });
    }
  }
  const events = new Map<string | LinkedNode, LinkedEvent>();
  const nodeEvents = new Map<LinkedNode, LinkedEvent>();
  const mentioned = new Set(found.flatMap(({ node }) => listOf(node.superEvent).filter(isNode)));
  for (const { node, place } of found) {
    const mark = idOf(node) ?? (mentioned.has(node) ? `name:${textIn(node.name) ?? ''}` : node);
    const known = events.get(mark);
    const event = known ?? {
      node: (typeof mark === 'string' ? byId.get(mark) : undefined) ?? node,
      place,
      parent: undefined,
      children: [],
    };
    if (!known) events.set(mark, event);
    nodeEvents.set(node, event);
  }
  const eventOf = (value: unknown) =>
    typeof value === 'string'
      ? events.get(value)
      : isNode(value)
        ? (nodeEvents.get(value) ?? events.get(idOf(value) ?? value))
        : undefined;
  for (const { node } of found) {
    const own = nodeEvents.get(node);
    for (const child of [...listOf(node.subEvent), ...listOf(node.subEvents)])
      tie(own, eventOf(child));
    for (const parent of listOf(node.superEvent)) tie(eventOf(parent), own);
  }
  return {
    events: [...events.values()],
    resolve(value) {
      const id = isNode(value) && Object.keys(value).length === 1 ? idOf(value) : undefined;
      return (id === undefined ? undefined : byId.get(id)) ?? value;
    },
  };
}

/** The id of an object; one of a blank node holds within its document and is good for references only. */
export function idOf(node: LinkedNode): string | undefined {
  const id = node['@id'] ?? node.id;
  return typeof id === 'string' && id !== '' ? id : undefined;
}

/** An event has one parent, and is never above itself. */
function tie(parent: LinkedEvent | undefined, child: LinkedEvent | undefined): void {
  if (!parent || !child || child.parent) return;
  for (let up: LinkedEvent | undefined = parent, hops = 0; up; up = up.parent) {
    if (up === child || ++hops > 20) return;
  }
  child.parent = parent;
  parent.children.push(child);
}
