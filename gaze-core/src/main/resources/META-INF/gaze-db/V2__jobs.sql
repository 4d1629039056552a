-- One row: the number of the newest event, which also orders everything else; how many jobs wait; whether nothing is sent.
-- Whoever writes an event takes its number here first, so numbers have no gaps and become visible in their order.
create table ${absent} job_queue (
    id          int      not null primary key,
    last_event  bigint   not null,
    queued      int      not null,
    paused      boolean  not null
);
insert into job_queue (id, last_event, queued, paused)
    select 1, 0, 0, false where not exists (select 1 from job_queue);

create table ${absent} job_batch (
    id         uuid                      not null primary key,
    name       varchar                   not null,
    submitted  timestamp with time zone  not null
);

-- Templates are large and few: each is kept once, by the hash of its JSON.
create table ${absent} job_template (
    hash     varchar(64)  not null primary key,
    content  varchar      not null
);

-- Short, as it is written again whenever a job moves on. What is long and never changes stands in job_words.
create table ${absent} job (
    number          bigint                    not null primary key,
    id              uuid                      not null unique,
    batch           uuid,
    item            int                       not null,
    replaced        boolean                   not null,
    retry_of        uuid,
    asset_category  varchar,
    asset_slug      varchar,
    priority        int                       not null,
    state           varchar(9)                not null,
    backend         varchar,
    template        varchar(64)               not null,
    submitted       timestamp with time zone  not null,
    started         timestamp with time zone,
    ended           timestamp with time zone,
    cancel          varchar,
    outcome         varchar
);
create index ${absent} job_by_state on job (state, priority desc, number);
create index ${absent} job_by_batch on job (batch, item);

-- By the number of the job, so that what is new always goes to the end.
create table ${absent} job_words (
    job       bigint   not null primary key,
    request   varchar  not null,
    plan      varchar  not null,
    warnings  varchar  not null
);

-- The last attempt of a job that has ended may have no end of its own: it is that of the job.

create table ${absent} job_attempt (
    job       uuid                      not null,
    number    int                       not null,
    backend   varchar                   not null,
    prompt    uuid                      not null,
    workflow  varchar                   not null,
    sent      timestamp with time zone  not null,
    ended     timestamp with time zone,
    problem   varchar,
    primary key (job, number)
);

-- The names of image files, reserved before the first byte is written.
create table ${absent} job_file (
    path      varchar  not null primary key,
    job       uuid     not null,
    position  int      not null
);
create index ${absent} job_file_by_job on job_file (job, position);

create table ${absent} job_event (
    number  bigint   not null primary key,
    job     uuid     not null,
    event   varchar  not null
);
create index ${absent} job_event_by_job on job_event (job, number);

-- The table of db-scheduler.
create table ${absent} scheduled_tasks (
    task_name             varchar(100)              not null,
    task_instance         varchar(100)              not null,
    task_data             ${bytes},
    execution_time        timestamp with time zone  not null,
    picked                boolean                   not null,
    picked_by             varchar(50),
    last_success          timestamp with time zone,
    last_failure          timestamp with time zone,
    consecutive_failures  int,
    last_heartbeat        timestamp with time zone,
    version               bigint                    not null,
    priority              smallint,
    primary key (task_name, task_instance)
);
create index ${absent} scheduled_tasks_by_priority on scheduled_tasks (priority desc, execution_time asc);
