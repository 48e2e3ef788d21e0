create table weather (
  date date primary key,
  precipitation double precision, -- mm
  temp_max double precision,      -- °C
  temp_min double precision,      -- °C
  wind double precision,          -- m/s
  weather text,
  updated_at timestamptz not null default clock_timestamp() -- tells the plots that a row is new
);
create index on weather (updated_at);
