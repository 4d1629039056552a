-- H2 commits every statement by itself, so a script whose process has died is run again from its beginning: ${absent}.
-- PostgreSQL takes a script whole or not at all, and a table that is there is somebody else's.

-- What lists and searches need of every asset, as the engine writes it down; rebuilt from the files when missing.
-- One value instead of a column each: all rows are read at every opening, and nobody asks for parts of them.
create table ${absent} asset (
    category  varchar    not null,
    slug      varchar    not null,
    entry     ${bytes}   not null,
    primary key (category, slug)
);
