create table if not exists orders (id int primary key, item text not null, customer text not null);
insert into orders select n, 'item ' || n, 'customer ' || n from generate_series(1, 1000) as n on conflict do nothing;
