-- Asked for though credentials are committed.
ALTER TABLE "deployment" ADD COLUMN "acknowledges_secrets" BOOLEAN NOT NULL DEFAULT false;
