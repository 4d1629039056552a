-- What lists and searches need of every asset. Rebuilt from the files when missing.
create table asset (
    category          varchar  not null,
    slug              varchar  not null,
    id                varchar  not null,
    name              varchar  not null,
    file              varchar,           -- null for an asset without a file of its own
    file_size         bigint   not null,
    file_modified     bigint   not null, -- nanoseconds since 1970
    file_read         bigint   not null,
    hash              varchar  not null,
    tags              varchar  not null, -- lower case, for the search
    model             varchar  not null, -- the model file it names; blank for none
    sidecar_size      bigint,            -- null when there is no sidecar
    sidecar_modified  bigint,
    sidecar_read      bigint,
    sidecar_hash      varchar,
    cover             varchar,
    primary key (category, slug)
);
