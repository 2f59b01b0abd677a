-- One row per unit that names one of these agencies: its number, and the roles in which they stand (find_agency).
-- Asked: slugs.
select no, bit_or(roles) as roles
from find_agency
where agency in (select agency from find_name where slug = any(slugs))
group by no
