/* schema.c - the tables of a store.
 *
 * Two halves. The log is what cannot be made again: rows are only added, which triggers see to. The derived tables repeat what the
 * current reading of each document says, corrections applied, in the form that queries need; a change of their shape is no migration but
 * a rebuild. Offsets are code points, as in the record and as substr() counts; days are text (YYYY-MM-DD), times seconds since 1970. */
#include "store/schema.h"

#include <stddef.h>

#define ONLY_ADDED(table)                                                                                         \
    "CREATE TRIGGER " table "_stay BEFORE UPDATE ON " table                                                       \
    " BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;"                                                \
    "CREATE TRIGGER " table "_are_kept BEFORE DELETE ON " table                                                   \
    " BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;"

static const char log_1[] =
    "CREATE TABLE layers("            /* the lists of a record; id is the bit of DL_LAYER_* */
    "  id INTEGER PRIMARY KEY,"
    "  name TEXT NOT NULL,"
    "  letter TEXT);"                 /* item 1 of entities is E1 */
    "INSERT INTO layers VALUES(0,'page',NULL),(3,'entities','E'),(4,'places','P'),(5,'times','T'),"
    "  (6,'statements','S'),(7,'events','V'),(8,'talks','N');"
    "CREATE TABLE documents("
    "  id INTEGER PRIMARY KEY,"
    "  name TEXT NOT NULL UNIQUE);"   /* the record's id */
    "CREATE TABLE revisions("         /* what a page said: its text, and what it says of itself */
    "  id INTEGER PRIMARY KEY,"
    "  document INTEGER NOT NULL REFERENCES documents,"
    "  number INTEGER NOT NULL,"      /* 1, 2, ... */
    "  seen INTEGER NOT NULL,"
    "  digest INTEGER NOT NULL,"      /* of page and text */
    "  page TEXT NOT NULL,"           /* members url to encoding of the record, as an object */
    "  text TEXT NOT NULL,"
    "  UNIQUE(document, number));"
    "CREATE TABLE engines("           /* who read */
    "  id INTEGER PRIMARY KEY,"
    "  engine TEXT NOT NULL,"
    "  model TEXT NOT NULL,"
    "  UNIQUE(engine, model));"
    "CREATE TABLE readings("          /* a revision as one engine and model read it */
    "  id INTEGER PRIMARY KEY,"
    "  revision INTEGER NOT NULL REFERENCES revisions,"
    "  engine INTEGER NOT NULL REFERENCES engines,"
    "  seen INTEGER NOT NULL,"
    "  first_claim INTEGER NOT NULL," /* its claims have the ids first_claim, first_claim + 1, ... */
    "  claim_count INTEGER NOT NULL,"
    "  blocks TEXT NOT NULL,"         /* these three as in the record */
    "  sentences TEXT NOT NULL,"
    "  warnings TEXT NOT NULL,"
    "  UNIQUE(revision, engine));"
    "CREATE TABLE claims("            /* an item of a layer; its fields are the members of `value` */
    "  id INTEGER PRIMARY KEY,"
    "  reading INTEGER NOT NULL REFERENCES readings,"
    "  layer INTEGER NOT NULL REFERENCES layers,"
    "  item INTEGER NOT NULL,"        /* from 1, as in E1 */
    "  start INTEGER NOT NULL,"       /* the words that it was read off: of an event the trigger, ... */
    "  stop INTEGER NOT NULL,"
    "  speaker TEXT,"                 /* who says so, where the page says it of somebody */
    "  value TEXT NOT NULL);"         /* the item as in the record, JSON */
    "CREATE TABLE corrections("       /* the word of people on a claim */
    "  id INTEGER PRIMARY KEY,"
    "  document INTEGER NOT NULL REFERENCES documents,"
    "  reading INTEGER NOT NULL REFERENCES readings,"
    "  layer INTEGER NOT NULL REFERENCES layers,"
    "  item INTEGER NOT NULL,"        /* 0 for the page */
    "  start INTEGER, stop INTEGER,"  /* of the claim; NULL for the page */
    "  verdict TEXT NOT NULL CHECK(verdict IN ('accept', 'correct', 'reject')),"
    "  field TEXT,"
    "  value TEXT,"                   /* JSON */
    "  author TEXT NOT NULL,"
    "  note TEXT,"
    "  seen INTEGER NOT NULL,"
    "  CHECK((verdict = 'correct') = (field IS NOT NULL AND value IS NOT NULL)));"
    "CREATE INDEX corrections_by_document ON corrections(document);"
    /* every field of every claim, a row each: the machine's, then what people say of it */
    "CREATE VIEW history AS"
    "  SELECT d.name AS document, r.number AS revision, l.name AS layer, l.letter || c.item AS item, f.key AS field,"
    "    c.start, c.stop, CASE WHEN f.type IN ('object', 'array', 'text') THEN f.value ELSE f.atom END AS value, c.speaker,"
    "    g.seen, e.engine, e.model, NULL AS author, NULL AS verdict"
    "  FROM claims c JOIN readings g ON g.id = c.reading JOIN revisions r ON r.id = g.revision"
    "    JOIN documents d ON d.id = r.document JOIN engines e ON e.id = g.engine JOIN layers l ON l.id = c.layer,"
    "    json_each(c.value) f"
    "  UNION ALL"
    "  SELECT d.name, r.number, l.name, l.letter || k.item, k.field, k.start, k.stop, k.value, NULL, k.seen, e.engine, e.model,"
    "    k.author, k.verdict"
    "  FROM corrections k JOIN readings g ON g.id = k.reading JOIN revisions r ON r.id = g.revision"
    "    JOIN documents d ON d.id = k.document JOIN engines e ON e.id = g.engine JOIN layers l ON l.id = k.layer;"
    ONLY_ADDED("documents") ONLY_ADDED("revisions") ONLY_ADDED("engines") ONLY_ADDED("readings") ONLY_ADDED("claims")
    ONLY_ADDED("corrections");

static const char following_2[] =
    "CREATE TABLE followed("          /* addresses that pages come from; beside the log, may be changed and lost: then all is looked at again */
    "  address TEXT PRIMARY KEY,"
    "  source TEXT, etag TEXT, modified TEXT, place TEXT,"
    "  size INTEGER NOT NULL, changed INTEGER NOT NULL, digest INTEGER NOT NULL, status INTEGER NOT NULL,"
    "  failures INTEGER NOT NULL, not_before INTEGER NOT NULL, seen INTEGER NOT NULL) WITHOUT ROWID;";

/* Only derived tables changed: every way to a new version makes these anew. */
static const char cards_3[] = "";

const char *const store_migrations[STORE_VERSION] = {log_1, following_2, cards_3};

/* ---- derived ---- */

/* Each table's key begins with the document, so that a document's rows lie together and go together. They are added with its page or not at all, which a check
 * sees to (check.c): looking the page up for each of a hundred rows would be a tenth of what adding costs. */
#define OF_DOCUMENT "document INTEGER NOT NULL"

static const char dictionaries[] =
    "CREATE TABLE locations("         /* places as the gazetteer knows them, each once; never taken away but by a rebuild */
    "  id INTEGER PRIMARY KEY,"
    "  digest INTEGER NOT NULL,"      /* of all other columns */
    "  name TEXT NOT NULL,"
    "  geonameid INTEGER,"
    "  gazetteer_id TEXT,"
    "  lat REAL, lon REAL,"
    "  country TEXT, admin1 TEXT, feature TEXT, precision TEXT);"
    "CREATE INDEX locations_by_digest ON locations(digest);"
    "CREATE VIRTUAL TABLE location_boxes USING rtree(id, lat_min, lat_max, lon_min, lon_max);"
    "CREATE TABLE actors("            /* names with their codes, each pair once; never taken away but by a rebuild */
    "  id INTEGER PRIMARY KEY,"
    "  name TEXT NOT NULL,"
    "  code TEXT NOT NULL,"           /* '' where not known */
    "  UNIQUE(name, code));"
    "CREATE INDEX actors_by_code ON actors(code) WHERE code <> '';"
    "CREATE VIRTUAL TABLE actor_words USING fts5(name, content = 'actors', content_rowid = 'id', columnsize = 0,"
    "  tokenize = 'unicode61 remove_diacritics 2');";

static const char layers[] =
    "CREATE TABLE pages("             /* one row a document: its current reading, the last of its last revision */
    "  document INTEGER PRIMARY KEY REFERENCES documents,"
    "  reading INTEGER NOT NULL REFERENCES readings,"
    "  url TEXT, site TEXT, title TEXT, language TEXT, section TEXT, published TEXT, modified TEXT,"
    "  access TEXT NOT NULL,"
    "  first_seen INTEGER NOT NULL,"
    "  changed INTEGER NOT NULL,"     /* when the current revision was first seen */
    "  corrections INTEGER NOT NULL);" /* that hold for the current reading */
    "CREATE INDEX pages_by_site ON pages(site);"
    "CREATE INDEX pages_by_day ON pages(published);"
    "CREATE TABLE sentences(" OF_DOCUMENT ", number INTEGER NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL,"
    "  PRIMARY KEY(document, number)) WITHOUT ROWID;"
    "CREATE TABLE entities(" OF_DOCUMENT ", item INTEGER NOT NULL, type TEXT NOT NULL, name TEXT NOT NULL, code TEXT,"
    "  role TEXT, side TEXT, start INTEGER NOT NULL, stop INTEGER NOT NULL, confidence REAL NOT NULL,"
    "  PRIMARY KEY(document, item)) WITHOUT ROWID;"
    "CREATE TABLE places(" OF_DOCUMENT ", item INTEGER NOT NULL, location INTEGER NOT NULL REFERENCES locations,"
    "  start INTEGER NOT NULL, stop INTEGER NOT NULL, confidence REAL NOT NULL,"
    "  PRIMARY KEY(document, item)) WITHOUT ROWID;"
    "CREATE INDEX places_by_location ON places(location, start, stop);" /* with the words, so that who asks for a place need not look each mention up */
    "CREATE TABLE statements(" OF_DOCUMENT ", item INTEGER NOT NULL, kind TEXT NOT NULL, named INTEGER NOT NULL,"
    "  actor INTEGER REFERENCES actors," /* the speaker; NULL where there is none ("it was reported") */
    "  role TEXT, channel TEXT, sentence INTEGER, start INTEGER NOT NULL, stop INTEGER NOT NULL, confidence REAL NOT NULL,"
    "  PRIMARY KEY(document, item)) WITHOUT ROWID;"
    "CREATE INDEX statements_by_actor ON statements(actor);"
    "CREATE TABLE events(" OF_DOCUMENT ", item INTEGER NOT NULL, type TEXT NOT NULL, mode TEXT, cameo TEXT, realis TEXT NOT NULL,"
    "  background INTEGER NOT NULL, date TEXT, date_to TEXT, date_from_published INTEGER NOT NULL,"
    "  location INTEGER REFERENCES locations, source INTEGER," /* item of statements */
    "  weapon TEXT, site TEXT, sentence INTEGER NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL, confidence REAL NOT NULL,"
    "  PRIMARY KEY(document, item)) WITHOUT ROWID;"
    "CREATE INDEX events_by_date ON events(date, date_to);" /* with the last day: whether an event is asked for shows here */
    "CREATE INDEX events_by_type ON events(type, date, date_to);"
    "CREATE INDEX events_by_location ON events(location, date, date_to);"
    "CREATE INDEX events_by_end ON events(date_to) WHERE date_to IS NOT NULL;"
    "CREATE TABLE participants(" OF_DOCUMENT ", event INTEGER NOT NULL, role INTEGER NOT NULL," /* 0 actor, 1 recipient */
    "  position INTEGER NOT NULL, actor INTEGER NOT NULL REFERENCES actors, entity INTEGER, inherited INTEGER NOT NULL,"
    "  start INTEGER NOT NULL, stop INTEGER NOT NULL,"
    "  PRIMARY KEY(document, event, role, position)) WITHOUT ROWID;"
    "CREATE INDEX participants_by_actor ON participants(actor);"
    "CREATE TABLE casualties(" OF_DOCUMENT ", event INTEGER NOT NULL, harm TEXT NOT NULL, min INTEGER NOT NULL,"
    "  max INTEGER," /* NULL: at least `min` */
    "  PRIMARY KEY(document, event, harm)) WITHOUT ROWID;"
    "CREATE TABLE talks(" OF_DOCUMENT ", item INTEGER NOT NULL, published TEXT, round INTEGER, date TEXT, date_to TEXT,"
    "  location INTEGER REFERENCES locations, next_date TEXT, next_location INTEGER REFERENCES locations,"
    "  next_start INTEGER, next_stop INTEGER, outcome TEXT, sentence INTEGER NOT NULL, start INTEGER NOT NULL,"
    "  stop INTEGER NOT NULL, confidence REAL NOT NULL,"
    "  PRIMARY KEY(document, item)) WITHOUT ROWID;"
    "CREATE TABLE parties(" OF_DOCUMENT ", talk INTEGER NOT NULL, role INTEGER NOT NULL," /* 0 party, 1 mediator, 2 delegate */
    "  position INTEGER NOT NULL, name TEXT NOT NULL,"
    "  PRIMARY KEY(document, talk, role, position)) WITHOUT ROWID;"
    "CREATE TABLE issues(" OF_DOCUMENT ", talk INTEGER NOT NULL, position INTEGER NOT NULL, topic TEXT NOT NULL,"
    "  status TEXT NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL,"
    "  PRIMARY KEY(document, talk, position)) WITHOUT ROWID;"
    "CREATE TABLE cards("             /* all that rows of a document's events tell, once more in one piece: card.h */
    "  document INTEGER PRIMARY KEY REFERENCES pages,"
    "  card BLOB NOT NULL);"
    "CREATE TABLE talk_cards(" OF_DOCUMENT ", item INTEGER NOT NULL," /* likewise of each of its talks: talk_card.h */
    "  card BLOB NOT NULL,"
    "  PRIMARY KEY(document, item)) WITHOUT ROWID;";

static const char words[] =
    /* the words of each sentence, and of the title as the last; id >> 24 is the document, the rest the sentence's number */
    "CREATE VIEW sentence_texts AS"
    "  SELECT s.document << 24 | s.number AS id, substr(r.text, s.start + 1, s.stop - s.start) AS body"
    "  FROM sentences s JOIN pages p ON p.document = s.document JOIN readings g ON g.id = p.reading JOIN revisions r ON r.id = g.revision"
    "  UNION ALL"
    "  SELECT document << 24 | 16777215, title FROM pages WHERE title IS NOT NULL;"
    "CREATE VIRTUAL TABLE search USING fts5(body, content = 'sentence_texts', content_rowid = 'id', columnsize = 0,"
    "  tokenize = 'unicode61 remove_diacritics 2');"
    "INSERT INTO search(search, rank) VALUES('automerge', 8);"; /* parts of an index that are joined at once: twice the usual, so that words are copied less often */

static const char stories[] =
    "CREATE TABLE stories("           /* pages that mainly report the same happening */
    "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
    "  pages INTEGER NOT NULL);"
    "CREATE TABLE grouped("           /* the story of each page; what its surroundings were like when it came in, in 10,000ths */
    "  document INTEGER PRIMARY KEY REFERENCES pages,"
    "  story INTEGER NOT NULL REFERENCES stories,"
    "  best_text INTEGER NOT NULL, best_lead INTEGER NOT NULL, dense_text INTEGER NOT NULL, dense_lead INTEGER NOT NULL);"
    "CREATE INDEX grouped_by_story ON grouped(story);"
    "CREATE TABLE signatures("        /* what the page is made of, as the stories room packs it */
    "  document INTEGER PRIMARY KEY REFERENCES pages,"
    "  signature BLOB NOT NULL);"
    "CREATE TABLE postings("          /* the weightiest words of each page */
    "  term INTEGER NOT NULL," OF_DOCUMENT ", weight INTEGER NOT NULL,"
    "  PRIMARY KEY(term, document)) WITHOUT ROWID;";

const char *const store_derived_schema[] = {dictionaries, layers, words, stories, NULL};

const char *const store_derived_drop =
    "DROP TABLE IF EXISTS postings; DROP TABLE IF EXISTS signatures; DROP TABLE IF EXISTS grouped; DROP TABLE IF EXISTS stories;"
    "DROP TABLE IF EXISTS talk_cards; DROP TABLE IF EXISTS cards; DROP TABLE IF EXISTS search; DROP VIEW IF EXISTS sentence_texts; DROP TABLE IF EXISTS issues; DROP TABLE IF EXISTS parties;"
    "DROP TABLE IF EXISTS talks; DROP TABLE IF EXISTS casualties; DROP TABLE IF EXISTS participants; DROP TABLE IF EXISTS events;"
    "DROP TABLE IF EXISTS statements; DROP TABLE IF EXISTS places; DROP TABLE IF EXISTS entities; DROP TABLE IF EXISTS sentences;"
    "DROP TABLE IF EXISTS pages; DROP TABLE IF EXISTS actor_words; DROP TABLE IF EXISTS actors; DROP TABLE IF EXISTS location_boxes; DROP TABLE IF EXISTS locations;";
