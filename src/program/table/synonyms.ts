import type { Role } from '../model.js';
import { plainWord } from './calendar-words.js';
import type { TextField } from './mapping.js';

/**
 * What headings usually say for a field, in several languages, the clearest first. They are compared without case, accents and signs; one that is the whole
 * heading counts, not a part of it.
 */
export const fieldHeadings: Readonly<Record<Exclude<TextField, 'session'>, readonly string[]>> = {
  id: words(
    'session id|sessionid|id session|session number|session no|session nr|session code|id|code|number|no|nr|nummer|numero|num|kennung|event id|event key',
  ),
  title: words(
    'session title|session name|title of session|panel title|event title|event name|sitzungstitel|titel der sitzung|titre de la session|titre session|titulo de la sesion|titolo sessione|title|titel|titre|titulo|titolo|session|sitzung|sesion|sessione|sessao|event|veranstaltung|name|talk title|talk|vortrag|vortragstitel|presentation title|paper title',
  ),
  subtitle: words('subtitle|sub title|untertitel|sous titre|subtitulo|sottotitolo|ondertitel'),
  date: words(
    'date|session date|start date|day|datum|tag|date de debut|jour|fecha|dia|data|giorno|dag|paiva|datum sitzung',
  ),
  start: words(
    'start|start time|starttime|starts|starts at|session start|start date time|start datetime|event start|begin|begins|beginning|from|beginn|anfang|startzeit|uhrzeit|von|debut|heure de debut|heure|inicio|hora de inicio|hora|inizio|ora inizio|ora|comeco|begintijd|aanvang|starttid|time|zeit|when|time slot|timeslot|slot',
  ),
  end: words(
    'end|end time|endtime|ends|ends at|session end|end date time|end datetime|event end|finish|until|to|ende|endzeit|bis|fin|heure de fin|hora de fin|fine|ora fine|fim|hora fim|einde|eindtijd|sluttid|slut',
  ),
  duration: words(
    'duration|length|minutes|duration minutes|duration min|dauer|dauer min|duree|duracion|durata|duracao|duur|min',
  ),
  room: words(
    'room|room name|location|venue|place|where|session room|raum|saal|ort|salle|lieu|sala|lugar|luogo|aula|zaal|lokaal|locatie|lokal|sali',
  ),
  building: words('building|gebaude|batiment|edificio|gebouw|predio|haus|house'),
  floor: words('floor|level|etage|stockwerk|geschoss|piso|planta|piano|verdieping|andar'),
  unit: words(
    'track|division|section|sig|unit|stream name|strand|theme|sektion|abteilung|fachgruppe|bereich|filiere|axe|seccion|linea|sezione|sessione tematica|area|policy area|spor|stream',
  ),
  type: words(
    'type|session type|event type|format|session format|kind|art|typ|sitzungsart|category|kategorie|categorie|tipo|tipologia|soort',
  ),
  abstract: words(
    'abstract|session abstract|description|session description|summary|details|beschreibung|zusammenfassung|inhalt|resume|descriptif|descripcion|resumen|descrizione|sommario|resumo|descricao|beschrijving|samenvatting|info|session info',
  ),
  language: words('language|sprache|langue|idioma|lingua|taal|sprak|lang'),
  url: words('url|link|web|website|web page|webseite|page|session url|lien|enlace|sito'),
  stream: words(
    'stream|livestream|live stream|stream url|zoom|zoom link|zoom url|video link|join url|webinar link',
  ),
  recording: words('recording|recording url|video|video url|aufzeichnung|enregistrement|grabacion'),
  cancelled: words(
    'cancelled|canceled|status|session status|abgesagt|annule|cancelado|annullato|geannuleerd',
  ),
};

/** What headings say for people of a role. */
export const roleHeadings: Readonly<Partial<Record<Role, readonly string[]>>> = {
  chair: words(
    'chair|chairs|session chair|session chairs|chairperson|chairman|vorsitz|leitung|sitzungsleitung|president|presidente|presidence|voorzitter|ordforande',
  ),
  'co-chair': words('co chair|co chairs|cochair|session co chair'),
  moderator: words('moderator|moderators|moderation|moderateur|moderador|moderatore|facilitator'),
  presenter: words(
    'presenter|presenters|speaker|speakers|speaker name|speaker names|speaker s|presenting author|vortragende|vortragender|referent|referenten|referentin|redner|orateur|orateurs|intervenant|intervenants|ponente|ponentes|relatore|relatori|orador|oradores|spreker|sprekers|talare',
  ),
  author: words(
    'author|authors|author s|autor|autoren|autorin|auteur|auteurs|autores|autore|autori|auteurs',
  ),
  discussant: words('discussant|discussants|respondent|diskutant|discutant|comentarista'),
  panelist: words('panelist|panelists|panellist|panellists|podium|panelistas|panelistes'),
  lecturer: words('lecturer|lecturers|dozent|dozentin|conferencier'),
  host: words('host|hosts|hosted by|gastgeber'),
  organizer: words(
    'organizer|organizers|organiser|organisers|convenor|convenors|organisator|organisateur|organizador',
  ),
  participant: words('participant|participants|teilnehmer|people|personen|participantes'),
};

/** Headings that speak of presentations, where sessions have headings of their own. */
export const presentationHeadings = {
  session: words(
    'session id|session|session number|session code|session title|session name|sitzung|sitzungs id|sesion|sessione|parent|parent session|panel',
  ),
  id: words(
    'presentation id|paper id|paperid|talk id|contribution id|submission id|abstract id|paper number|paper no|beitrag id|id',
  ),
  title: words(
    'presentation title|paper title|talk title|contribution title|submission title|presentation|paper|talk|contribution|beitrag|beitragstitel|vortrag|vortragstitel|communication|ponencia|title|titel|titre|titulo|titolo',
  ),
  abstract: words(
    'presentation abstract|paper abstract|talk abstract|contribution abstract|abstract|presentation description|description|zusammenfassung|resume|resumen',
  ),
  start: words(
    'presentation start|paper start|talk start|presentation time|talk time|start|start time|beginn|time',
  ),
  end: words('presentation end|paper end|talk end|end|end time|ende'),
} as const;

/**
 * A heading for comparing with these.
 *
 * @example plainHeading('Session_Start (local)') // 'session start'
 */
export function plainHeading(heading: string): string {
  return plainWord(
    heading
      .slice(0, 200)
      .replace(/\([^()]*\)/g, ' ')
      .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2'),
  )
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function words(list: string): readonly string[] {
  return list.split('|');
}
