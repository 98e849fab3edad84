import { sourceId } from '../identity.js';
import { excerpt, report, unreadable, type Problems } from '../problem.js';
import type { Source, SourcePresentation, SourceSession } from '../source.js';
import {
  isNode,
  jsonLdIn,
  listOf,
  mayHoldJsonLd,
  textIn,
  typesOf,
  type LinkedNode,
} from './json-ld.js';
import { eventGraph, idOf, namesEvents, type LinkedEvent } from './schema-org-graph.js';
import { levelsOf, type Level } from './schema-org-level.js';
import { peopleOf } from './schema-org-people.js';
import { placeOf } from './schema-org-place.js';
import { spanOf, timesOf, type EventTimes } from './schema-org-time.js';

/** What a part of the program is made with. */
interface Around {
  readonly problems: Problems;
  readonly resolve: (value: unknown) => unknown;
  readonly times: ReadonlyMap<LinkedEvent, EventTimes>;
  /** Addresses that several events give: that of the page, which is the id of none. */
  readonly shared: ReadonlySet<string>;
}

/**
 * Events of schema.org as JSON-LD (https://schema.org/Event), in a page or by itself. What is the program, a session or a presentation is decided by `levelsOf`. A postponed event has no
 * date that holds, so it counts as cancelled.
 */
export const schemaOrg: Source = {
  name: 'schema-org',
  title: 'schema.org events',
  from: 'any page that search engines know the events of: its address, the saved page, or its JSON-LD',
  carries: [
    'sessions',
    'presentations',
    'rooms',
    'people',
    'affiliations',
    'handles',
    'cancellations',
    'languages',
  ],
  lacks: ['units', 'roles other than presenter and organizer, mostly'],
  recognizes: (_head, { text }) => mayHoldJsonLd(text) && namesEvents(text) && isLinkedData(text),
  read(documents, { address }) {
    const problems: Problems = [];
    const { events, resolve } = eventGraph(documents.flatMap((one) => jsonLdIn(one, problems)));
    if (events.length === 0) {
      throw unreadable(
        'program-empty',
        address,
        problems[0]
          ? `it holds no event that can be read: ${problems[0].problem}`
          : 'its JSON-LD holds no event',
        'Check the page with a validator of structured data, or give an export of the program',
      );
    }
    const times = new Map(events.map((event) => [event, timesOf(event.node)]));
    const levels = levelsOf(events, {
      spanOf: (event) => spanOf(times.get(event) ?? { wholeDays: false }),
      placeOf: ({ node }) => placeOf(node, resolve).room?.name,
    });
    const around: Around = { problems, resolve, times, shared: sharedAddresses(events) };
    const top =
      events.find((event) => levels.get(event) === 'program') ??
      (events.length === 1 ? events[0] : undefined);
    const cancelled = top !== undefined && isCancelled(top.node);
    return {
      program: {
        markup: 'html',
        title: top && textIn(top.node.name),
        url: top && textIn(top.node.url),
        language: top && languagesOf(top.node),
        sessions: sessionsIn(events, levels, around).map((one) =>
          cancelled ? { ...one, cancelled } : one,
        ),
      },
      problems,
    };
  },
};

/** JSON of another kind may have types of these names, but not this context. */
function isLinkedData(text: string): boolean {
  return text.startsWith('<') || /"@(?:context|graph|type)"/.test(text.slice(0, 65_536));
}

function sharedAddresses(events: readonly LinkedEvent[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const shared = new Set<string>();
  for (const { node } of events) {
    const url = textIn(node.url);
    if (url === undefined) continue;
    if (seen.has(url)) shared.add(url);
    seen.add(url);
  }
  return shared;
}

function sessionsIn(
  events: readonly LinkedEvent[],
  levels: ReadonlyMap<LinkedEvent, Level>,
  around: Around,
): readonly SourceSession[] {
  return events.flatMap((event): SourceSession[] => {
    if (levels.get(event) !== 'session') return [];
    const { node, place } = event;
    const title = textIn(node.name) ?? textIn(node.headline);
    const { room, stream } = placeOf(node, around.resolve);
    const { wholeDays, ...when } = around.times.get(event) ?? { wholeDays: false };
    if (wholeDays) {
      report(around.problems, 'repaired', 'day-without-time', {
        place,
        problem: `"${excerpt(title ?? '')}" has a day and no time of day, so it lasts the whole day`,
        remedy: 'Give it a start with a time in the source, or leave it out of the announcements',
      });
    }
    if (statusOf(node) === 'EventPostponed') {
      report(around.problems, 'note', 'postponed', {
        place,
        problem: `"${excerpt(title ?? '')}" is postponed, so at this time it counts as cancelled`,
        remedy: 'Nothing; with its new date it is back',
      });
    }
    return [
      {
        place,
        ids: idsOf(node, around),
        title,
        subtitle: textIn(node.alternateName),
        ...when,
        room,
        stream,
        type: typeOf(node),
        abstract: textIn(node.description),
        languages: languagesOf(node),
        url: textIn(node.url),
        recording: recordingOf(node, around),
        cancelled: isCancelled(node),
        people: peopleOf(node, around.resolve),
        presentations: event.children.map((child) => presentationOf(child, around)),
      },
    ];
  });
}

function presentationOf(event: LinkedEvent, around: Around): SourcePresentation {
  const { node, place } = event;
  const times = around.times.get(event);
  // A day alone says nothing of when in its session.
  const { start, end, durationMs } =
    times && !times.wholeDays ? times : ({} as Partial<EventTimes>);
  const url = textIn(node.url);
  const until =
    end ??
    (start && 'at' in start && durationMs !== undefined
      ? { at: start.at + durationMs }
      : undefined);
  return {
    place,
    ids: idsOf(node, around),
    title: textIn(node.name) ?? textIn(node.headline),
    start,
    end: until,
    abstract: textIn(node.description),
    people: peopleOf(node, around.resolve),
    links: url === undefined || around.shared.has(url) ? [] : [{ url }],
    cancelled: isCancelled(node),
  };
}

function idsOf(node: LinkedNode, { shared }: Around): string[] {
  const id = idOf(node);
  const url = textIn(node.url);
  const [identifier] = listOf(node.identifier);
  return [
    ...(id === undefined || id.startsWith('_:') ? [] : sourceId('id', id)),
    ...sourceId('identifier', textIn(isNode(identifier) ? identifier.value : identifier)),
    ...(url === undefined || shared.has(url) ? [] : sourceId('url', url)),
  ];
}

/** The type in the source's own words, else in those of schema.org where they say more than "event". */
function typeOf(node: LinkedNode): string | undefined {
  const own = textIn(node.additionalType);
  if (own !== undefined && !/^https?:/i.test(own)) return own;
  const [type] = typesOf(node).filter(
    (one) => !/^(?:Event|BusinessEvent|EducationEvent|EventSeries)$/.test(one),
  );
  return type?.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').replace(/ Event$/, ' event');
}

function languagesOf(node: LinkedNode): string | undefined {
  const tags = listOf(node.inLanguage).flatMap((one) => {
    const said = isNode(one) ? (textIn(one.alternateName) ?? textIn(one.name)) : textIn(one);
    return said ?? [];
  });
  return tags.length === 0 ? undefined : tags.join(', ');
}

function recordingOf(node: LinkedNode, { resolve }: Around): string | undefined {
  const recorded = resolve(listOf(node.recordedIn)[0]);
  return isNode(recorded)
    ? (textIn(recorded.url) ?? textIn(recorded.contentUrl))
    : textIn(recorded);
}

function isCancelled(node: LinkedNode): boolean {
  return /^Event(?:Cancell?ed|Postponed)$/.test(statusOf(node));
}

/** The status without its vocabulary (https://schema.org/EventStatusType). */
function statusOf({ eventStatus }: LinkedNode): string {
  const [one] = listOf(eventStatus);
  const said = isNode(one) ? idOf(one) : textIn(one);
  return said?.split(/[/:#]/).at(-1) ?? '';
}
