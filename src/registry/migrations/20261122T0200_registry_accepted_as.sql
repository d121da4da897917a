-- The version that an accepted proposal became, and of which record, where that is another than the one it was proposed
-- as: a service may call by a new name what is on record.
alter table registry_proposal
  add column accepted_version integer check (accepted_version is null or state = 'accepted'),
  add column accepted_as text
    check (accepted_as is null or (state = 'accepted' and accepted_as ~ '^(m|fed|suit|alliance|doc|play)-[a-z0-9-]+$'));
