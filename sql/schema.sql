-- The tables of one build: etl writes them, ui reads them, and only through the views beside this file.

-- One row: which build this is.
create table build (
    build_id      text primary key,      -- also the name of the file
    built_at      timestamp not null,    -- UTC
    schema_version integer not null,
    program_version text not null,
    walls         text[],                -- what stood around every document while it was read (etl/cage/walls.py)
    content_hash  text,                  -- of all that the other tables say: two builds of the same have the same
    rests_on      text,                  -- a hash of all that it was made of: a build of the same again is this one
    decided       text not null default ''   -- which decisions of people it takes into account (`decided.Store.state`); empty: nobody had decided anything
);

-- One row per CSV file of data/reference: what it said when the build was made. Pages take it where the file is damaged.
create table kept_tables (
    file    text primary key,
    content text not null
);

-- One row per document of this build: whether it was read now or kept from an earlier build, and how it went when it was read.
create table build_log (
    plan_id text primary key, file text not null, source text not null check (source in ('read', 'kept')),
    why     text,                        -- it was read now: new, document (its bytes changed), listing (its row of plans.csv), decided (by
                                         -- people, otherwise than before), tables: …, program, again (it was asked for); null where it was kept
    worker  integer,                     -- which of the processes side by side read it, from 1
    seconds double, pages integer, units integer not null,
    trouble text check (trouble in ('refused', 'time', 'memory', 'output', 'crashed')) -- why it gave nothing: it says itself, or it was stopped
);

-- One row per plan, also one that could not be read.
create table plans (
    plan_id       text primary key,
    title         text not null,
    doc_type      text not null,         -- plan, directive, decision, letter …: document-types.csv
    short_vi      text not null,         -- a name for a column's head: "Bắc Kạn 2021"
    short_en      text not null,
    narrow        text not null,         -- the same for a phone: "B.Kạn"
    issuer        text not null,
    level         text not null check (level in ('province', 'department', 'district', 'commune')),
    province      text not null,
    province_now  text not null,         -- since 1 July 2025
    communes_now  text[],                -- of a commune that was abolished then: those that hold its place, a part each where they are several; null where
                                         -- there was none, or more than one of its name
    region        text,                  -- of the province as it was when the plan was issued; "A; B" where one of 2025 holds parts of both; null: unknown
    number        text,
    issued        date,                  -- null where the document leaves it blank
    year          integer,
    period_from   integer,               -- years
    period_to     integer,
    file          text not null,
    sha256        text not null,
    has_table     boolean not null,
    status        text not null check (status in ('read', 'not_read', 'not_collected')),
    read_by       text check (read_by in ('text', 'ocr', 'both')), -- letters in the file, guessed from pictures, or both
    ocr_confidence double,               -- of all guessed words, 0 to 100
    partly_read   boolean not null default false, -- some of its pages were not
    letters       integer,               -- that the file holds, counted in a second way; null where nobody can
    letters_left  integer,               -- of these left aside by rule: deleted, hidden, code
    letters_lost  integer,               -- of these in no line of the plan
    unread_vi     text,                  -- why it was not read, and what to do
    unread_en     text,
    about         text                   -- the index it speaks of: PAPI, PCI, PAR INDEX …: indexes.csv; only plans of PAPI are read
);

-- One row per dimension (0 is cross-cutting).
create table dimensions (
    dim integer primary key, name_vi text not null, name_en text not null, short_vi text not null, short_en text not null
);

-- One row per sub-dimension; measured_from and measured_to are the first and the last year PAPI measured it, the last null where it still does.
create table subdimensions (
    sub text primary key, dim integer not null, name_vi text not null, name_en text not null,
    short_vi text not null, short_en text not null, measured_from integer not null, measured_to integer
);

-- One row per unit.
create table units (
    unit_id       text primary key,      -- plan_id:ordinal
    plan_id       text not null,
    ordinal       integer not null,      -- its place in the plan, from 1
    channel       text not null check (channel in ('narrative', 'table')),
    section       text not null,         -- the plan's own numbering: "II.3.1.a.2"
    kind          text not null check (kind in ('action', 'description', 'assignment', 'objective', 'reporting')),
    kind_sure     boolean not null,      -- false: it may be no task at all
    text          text not null,
    first_line    integer not null,
    last_line     integer not null,
    place         text,                  -- where the format has no lines: "page:3/table:1/row:5"; first_line then only counts
    declared_dim  integer,
    declared_sub  text,
    matched_dim   integer,
    matched_sub   text,                  -- null also where its words list several
    dim           integer,               -- what a page counts: declared, else matched
    sub           text,
    dim_basis     text check (dim_basis in ('declared', 'matched', 'reviewed')),
    score         double not null,
    margin        double not null,
    review        boolean not null,      -- a person should look at the match
    runner_up_dim integer,
    runner_up_sub text,
    lead_basis    text,
    agencies_uncertain boolean not null,
    timing        text not null check (timing in ('ongoing', 'monthly', 'quarterly', 'semiannual', 'annual', 'dated', 'event', 'regulation', 'unspecified')),
    timing_raw    text,
    timing_basis  text check (timing_basis in ('row', 'merged', 'text')),
    due_from      date,
    due_to        date,
    layer         text check (layer in ('body', 'annex'))   -- null where the plan is one list
);

-- One row per unit and sub-dimension that it touches: about it (main), naming it as something to do (names), or only in passing. quote are the words that
-- say so, first_char to before last_char of the unit's text (null where they stand elsewhere); "by" tells whether the text or a heading over it says it.
create table touches (
    unit_id text not null, sub text not null, how text not null check (how in ('main', 'names', 'passing')), quote text not null,
    first_char integer, last_char integer, "by" text not null check ("by" in ('text', 'heading')), sure boolean not null,
    primary key (unit_id, sub)
);

-- One row per matter: what tasks of two plans may both do; is_broad where it is a whole dimension's. words name it, parted by |, and unless takes them back.
create table matters (
    matter text primary key, matter_en text not null, sub text, is_broad boolean not null, words text not null, unless text
);

-- One row per task and matter of its words (or, where they name none, of the heading over it): about it (main), naming it, or only in passing; quote are the
-- words that say so, first_char to before last_char of the task's text (null where a heading says it).
create table unit_matters (
    unit_id text not null, matter text not null, how text not null check (how in ('main', 'names', 'passing')), quote text not null,
    first_char integer, last_char integer,
    primary key (unit_id, matter)
);

-- One row per task of a plan's body and task of its annex on the same sub-dimension, the likest three; likeness of their words, 0 to 100.
create table layer_links (
    body_unit_id text not null, annex_unit_id text not null, sub text not null, likeness integer not null,
    primary key (body_unit_id, annex_unit_id)
);

-- One row per plan and earlier plan of its office that it follows on (next_year: that of the nearest year before), amends or replaces. basis: title or text (a
-- paragraph) say so, in the words of quote; issuer: the same office and type. earlier_id is null where the one that is meant is not held: number and issued, as
-- quote has them, say which.
create table plan_links (
    plan_id text not null, earlier_id text, kind text not null check (kind in ('next_year', 'amends', 'replaces')),
    basis   text not null check (basis in ('title', 'text', 'issuer')),
    number  text, issued date, quote text, line integer,
    title_likeness integer                -- of their titles, years masked, 0 to 100
);

-- One row per unit of two linked plans, or pair of units: what became of it. same: carried over word for word (years may have moved); changed: carried over with
-- changes; dropped; new; stands: an amendment does not speak of it. Who is split or merged stands in several rows.
create table family_units (
    plan_id text not null, earlier_id text not null, kind text not null check (kind in ('next_year', 'amends', 'replaces')),
    unit_id text, earlier_unit_id text,
    state   text not null check (state in ('same', 'changed', 'dropped', 'new', 'stands')),
    changes text[] not null,             -- words, year, lead, time, dim, kind, split, merged
    likeness integer not null,           -- of their words, 0 to 100; of one that stands alone that of the nearest
    nearest_unit_id text                 -- the likest unit of the other plan where it stands alone, if any is near
);

-- One row per unit, agency and role.
create table unit_agencies (
    unit_id text not null, agency text not null, role text not null check (role in ('lead', 'coop', 'monitor')),
    basis text, as_written text not null, uncertain boolean not null,
    primary key (unit_id, agency, role)
);

-- One row per non-blank line of a document and unit that stands in it (unit_id is null where no unit does).
create table lines (
    plan_id text not null, line integer not null,
    role text not null check (role in ('unit', 'heading', 'table_header', 'front', 'back')),
    unit_id text, text text not null, place text,
    cells text[],                        -- of a table's row: together, with blanks between those that are not empty, they are the text
    confidence double,                   -- of the words that were guessed from a picture, 0 to 100; null where none was
    doubtful text[]                      -- those words whose guess is least sure
);

-- One row per column of a plan's tables: which header became which role; is_guessed where its cells told it, and not the header.
create table plan_columns (
    plan_id text not null, position integer not null, header text not null, role text not null, line integer not null, is_guessed boolean not null
);

-- One row per unit and reason of its match, the heaviest first.
create table evidence (
    unit_id text not null, rank integer not null, kind text not null, quote text not null, source text not null,
    dim integer not null, sub text, weight double not null
);

-- One row per thing a reviewer should look at.
create table findings (
    plan_id text not null, unit_id text, code text not null, line integer, detail text not null, place text
);

-- One row per decision of a person that counts over what the program read, and the unit it is about (null where its words stand there no longer): what kind it is,
-- what it is mainly about (a sub-dimension, a dimension as a whole, 0, or nothing: ""), what it names as something to do, what it only mentions; and what counted
-- before. Who decided stays with the decision, beside the builds.
create table decisions (
    number integer primary key, plan_id text not null, unit_id text, decided_at text not null, why text not null, section text not null, text text not null,
    kind text not null check (kind in ('action', 'description', 'assignment', 'objective', 'reporting')),
    main text not null, named text[] not null, passing text[] not null,
    was_kind text not null, was_main text not null, was_named text[] not null, was_passing text[] not null
);

-- One row per agency name; is_known is false where the name stands only in a plan, is_group where it names nobody in particular.
create table agencies (
    agency text primary key, is_known boolean not null, is_group boolean not null
);

-- One row per agency, and office that holds some of its work since the reform of 2025. from_date: since when, the last day of the month or the year where
-- only that is known (from_part), null where not even that is. is_part: only what scope says went there, the rest stands in the agency's other row, or with itself
-- where it has none. level: who holds such work at that level today; the agency has no successor. checked: a source was read that says all of the row.
create table agency_reform (
    agency text not null, since_2025 text, from_date date, from_part text not null default 'day' check (from_part in ('day', 'month', 'year')),
    scope_vi text, scope text not null, basis text, is_part boolean not null default false, level text check (level in ('province', 'commune')),
    checked boolean not null default true
);

-- One row per group name and who it means: an agency, or every agency whose name begins so ("Sở *"); plan_level where it means them only in plans of
-- that level. extent: all, or concerned ("có liên quan": who is concerned is not said).
create table agency_groups (
    agency_group text not null, member text not null, plan_level text check (plan_level in ('province', 'department', 'district', 'commune')),
    extent text not null check (extent in ('all', 'concerned'))
);

-- One row per province of the 63: what it has been since 1 July 2025, its socio-economic region before (Nghị quyết 81/2023/QH15), and what kind each is: province,
-- or city where that is a city under the centre (kind_now: today).
create table provinces (
    province text primary key, province_now text not null, region text not null, kind text not null check (kind in ('province', 'city')),
    kind_now text not null check (kind_now in ('province', 'city'))
);

-- One row per socio-economic region.
create table regions (
    region text primary key, region_en text not null, basis text not null
);

-- One row per province, year and dimension (0 is the total): published PAPI scores. A dimension is the sum of its sub-dimensions. merged: the figure is that of a
-- province of 1 July 2025 that was made of several, which goes on none of theirs.
create table scores (
    province text not null, year integer not null, dim integer not null, score double, merged boolean not null default false
);

-- One row per province, year and sub-dimension: the same of its parts. sub is the number on today's list, sub_in_report the one in the report of that year.
create table sub_scores (
    province text not null, year integer not null, dim integer not null, sub text not null, score double not null, sub_in_report text not null,
    merged boolean not null default false
);

-- One row per province, year and part of a dimension that PAPI no longer measures and that has no number today.
create table dropped_scores (
    province text not null, year integer not null, dim integer not null, name_vi text not null, name_en text not null, score double not null,
    sub_in_report text not null
);

-- One row per year before which scores of a dimension or sub-dimension (of everything where both are null) are not to be compared with those from it on, and why.
-- evidence: source (a source says so), observed (the figures of nearly all provinces moved together), scale, new or dropped (what is measured has changed).
create table score_breaks (
    dim integer, sub text, year integer not null, evidence text not null check (evidence in ('source', 'observed', 'scale', 'new', 'dropped')),
    reason_vi text not null, reason_en text not null, source text not null
);

-- One row per province of the 34, and per province of the 63: its name on a tile, and the tile's place on a map of squares, from the top and from the left.
create table tiles_now (
    province text primary key, short text not null, down integer not null, across integer not null, unique (down, across)
);
create table tiles_then (
    province text primary key, short text not null, down integer not null, across integer not null, unique (down, across)
);

-- One row per measure, made at this build against the labelled units: right of how many, with its 95 % interval.
-- part: reading, held_out (the matcher without the plan's own labels), shipped, cells (what a unit touches and a cell says, held out, against two readings),
-- or pairs (which tasks of two plans correspond; other_plan_id is the second of them);
-- plan_id is null for all plans together;
-- class is a dimension for precision and recall by class, else null.
create table measures (
    part text not null check (part in ('reading', 'held_out', 'shipped', 'cells', 'pairs')), measure text not null, plan_id text, other_plan_id text, class integer,
    right_count integer not null, of_count integer not null, low double not null, high double not null
);

-- One row per labelled dimension and what the matcher took it for (null: no answer), by part as above; and, of part kind, per labelled kind of unit and
-- what it was read as (null: not found; a null label: no label is that unit).
create table confusion (
    part text not null check (part in ('held_out', 'shipped', 'kind')), labelled text, read_as text, units integer not null
);
