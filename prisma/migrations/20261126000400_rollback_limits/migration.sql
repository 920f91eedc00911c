-- The limits that a rollback runs with until it is live, and then sets back; none once a person has set others.
ALTER TABLE "deployment" ADD COLUMN "restores" JSONB;
