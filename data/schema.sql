-- The catalog's layout. Change `layout` in app/catalog/catalog.h together with user_version.
PRAGMA application_id = 0x53495044;     -- "SIPD"
PRAGMA user_version = 7;

CREATE TABLE property (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE language (position INTEGER PRIMARY KEY, tag TEXT NOT NULL UNIQUE);
CREATE TABLE coverage (language TEXT, kind TEXT, present INTEGER, outdated INTEGER, total INTEGER,
    PRIMARY KEY (language, kind)) WITHOUT ROWID;

CREATE TABLE response (
    id TEXT PRIMARY KEY,
    code INTEGER NOT NULL,
    phrase TEXT NOT NULL,
    status TEXT NOT NULL,
    defined_in TEXT NOT NULL,
    methods_source TEXT NOT NULL,
    dialog TEXT NOT NULL, dialog_source TEXT NOT NULL,
    retry TEXT NOT NULL, retry_source TEXT NOT NULL,
    proxy TEXT NOT NULL, proxy_source TEXT NOT NULL,
    failover TEXT NOT NULL, failover_source TEXT NOT NULL
) WITHOUT ROWID;

-- The lists of a response, one row an entry: generated_by (who), method and not_method, header (name,
-- strength, condition), related, source, cause (id, where), step (id, who), from_q850 and to_q850 (name,
-- condition; flag: the cause).
CREATE TABLE entry (
    response TEXT NOT NULL REFERENCES response,
    list TEXT NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    detail TEXT NOT NULL,
    flag INTEGER NOT NULL,
    source TEXT NOT NULL,
    condition TEXT NOT NULL,
    PRIMARY KEY (response, list, position)
) WITHOUT ROWID;

CREATE TABLE pair (one TEXT NOT NULL REFERENCES response, other TEXT NOT NULL REFERENCES response,
    sources TEXT NOT NULL, PRIMARY KEY (one, other)) WITHOUT ROWID;
CREATE TABLE term (id TEXT PRIMARY KEY, source TEXT NOT NULL, see TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE grouped (id TEXT PRIMARY KEY, responses TEXT NOT NULL, sources TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE path (id TEXT PRIMARY KEY, experience TEXT NOT NULL, sources TEXT NOT NULL) WITHOUT ROWID;
-- The nodes of a symptom path: an answer leads from a question to another node; an outcome names responses
-- and what to look at.
CREATE TABLE path_answer (path TEXT NOT NULL REFERENCES path, position INTEGER NOT NULL, question TEXT NOT NULL,
    answer TEXT NOT NULL, leads_to TEXT NOT NULL, PRIMARY KEY (path, position)) WITHOUT ROWID;
CREATE TABLE path_outcome (path TEXT NOT NULL REFERENCES path, position INTEGER NOT NULL, outcome TEXT NOT NULL,
    responses TEXT NOT NULL, look_at TEXT NOT NULL, PRIMARY KEY (path, position)) WITHOUT ROWID;
-- Header fields, methods, timers, warning codes, Reason protocols and Q.850 causes. `facts` holds a line each:
-- which fact, a tab, its value.
CREATE TABLE vocabulary_entry (kind TEXT NOT NULL, name TEXT NOT NULL, position INTEGER NOT NULL, title TEXT NOT NULL,
    source TEXT NOT NULL, facts TEXT NOT NULL, responses TEXT NOT NULL, PRIMARY KEY (kind, name)) WITHOUT ROWID;
CREATE TABLE situation (id TEXT PRIMARY KEY, who TEXT NOT NULL, retry TEXT NOT NULL, fault TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE situation_case (situation TEXT NOT NULL REFERENCES situation, position INTEGER NOT NULL, method TEXT NOT NULL,
    codes TEXT NOT NULL, PRIMARY KEY (situation, position)) WITHOUT ROWID;
CREATE TABLE speaker (id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, runs_on TEXT NOT NULL, sources TEXT NOT NULL) WITHOUT ROWID;
-- What a speaker is known by and what it means: a sign has a certainty, a phrase its codes, method, situation and cause.
CREATE TABLE speaker_sign (speaker TEXT NOT NULL REFERENCES speaker, position INTEGER NOT NULL, id TEXT NOT NULL, stands_in TEXT NOT NULL,
    name TEXT NOT NULL, pattern TEXT NOT NULL, certainty TEXT NOT NULL, source TEXT NOT NULL, PRIMARY KEY (speaker, position)) WITHOUT ROWID;
CREATE TABLE speaker_phrase (speaker TEXT NOT NULL REFERENCES speaker, position INTEGER NOT NULL, id TEXT NOT NULL, stands_in TEXT NOT NULL,
    name TEXT NOT NULL, pattern TEXT NOT NULL, codes TEXT NOT NULL, method TEXT NOT NULL, situation TEXT NOT NULL, cause INTEGER NOT NULL,
    source TEXT NOT NULL, PRIMARY KEY (speaker, position)) WITHOUT ROWID;
-- Between Q.850 and SIP; `direction` is from_q850 or to_q850.
CREATE TABLE speaker_mapping (speaker TEXT NOT NULL REFERENCES speaker, direction TEXT NOT NULL, position INTEGER NOT NULL, cause INTEGER NOT NULL,
    response TEXT NOT NULL, source TEXT NOT NULL, PRIMARY KEY (speaker, direction, position)) WITHOUT ROWID;
CREATE TABLE speaker_failover (speaker TEXT NOT NULL REFERENCES speaker, position INTEGER NOT NULL, does TEXT NOT NULL, responses TEXT NOT NULL,
    source TEXT NOT NULL, PRIMARY KEY (speaker, position)) WITHOUT ROWID;
-- By what a capture is judged. `arguments`, `withdrawn_by` and `thresholds` (name, a tab, value) hold a line each.
CREATE TABLE finding_rule (position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, family TEXT NOT NULL, severity TEXT NOT NULL,
    who TEXT NOT NULL, source TEXT NOT NULL, practice INTEGER NOT NULL, arguments TEXT NOT NULL, withdrawn_by TEXT NOT NULL,
    thresholds TEXT NOT NULL);
CREATE TABLE exchange (id TEXT PRIMARY KEY, script TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE shown (response TEXT NOT NULL, exchange TEXT NOT NULL REFERENCES exchange, position INTEGER NOT NULL,
    PRIMARY KEY (response, position, exchange)) WITHOUT ROWID;

CREATE TABLE passage (
    subject TEXT NOT NULL,      -- "response/607"
    language TEXT NOT NULL,
    position INTEGER NOT NULL,  -- in the English file
    key TEXT NOT NULL,          -- "cause.pressed-unwanted"
    markup TEXT NOT NULL,
    outdated INTEGER NOT NULL,
    PRIMARY KEY (subject, language, key)
) WITHOUT ROWID;

-- By what names a reader may call a thing, folded, and in what words customers tell of it (the least weight); the language is
-- empty where every one knows the name. The heavier name goes before.
CREATE TABLE name (folded TEXT NOT NULL, language TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, weight INTEGER NOT NULL,
    PRIMARY KEY (folded, language, kind, id)) WITHOUT ROWID;
-- How a thing is shown in a list.
CREATE TABLE hit (kind TEXT NOT NULL, id TEXT NOT NULL, language TEXT NOT NULL, title TEXT NOT NULL, gloss TEXT NOT NULL,
    PRIMARY KEY (kind, id, language)) WITHOUT ROWID;
-- What the rows of `words` are about.
CREATE TABLE indexed (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, subject TEXT NOT NULL, language TEXT NOT NULL);
-- Words are folded and segmented before they come here; the tokenizer only splits at spaces.
CREATE VIRTUAL TABLE words USING fts5 (title, phrases, body, content = '', tokenize = "unicode61 remove_diacritics 0", prefix = '2 3');
CREATE VIRTUAL TABLE vocabulary USING fts5vocab (words, row);
