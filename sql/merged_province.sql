-- One row per province of today that was made of several.
select province_now from provinces group by province_now having count(*) > 1
