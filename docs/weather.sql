create table weather (
  date date primary key,
  precipitation double precision, -- mm
  temp_max double precision,      -- °C
  temp_min double precision,      -- °C
  wind double precision,          -- m/s
  weather text,
  updated_at timestamptz not null default clock_timestamp() -- tells the plots that a row is new, or another
);
create index on weather (updated_at);

-- Whoever writes need not think of the time.
create function touch() returns trigger language plpgsql as $$
begin
  new.updated_at := clock_timestamp();
  return new;
end $$;
create trigger touched before insert or update on weather for each row execute function touch();

-- One writer at a time, until it commits: what is committed later has the later time.
create function take_turns() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(tg_relid::bigint);
  return null;
end $$;
create trigger turns_taken before insert or update or delete on weather for each statement execute function take_turns();
