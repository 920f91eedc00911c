-- A rollback goes back to an older release, so what is live is no longer the highest number.
ALTER TABLE "app" DROP COLUMN "release_number";

-- Until now the newest version of an app's secrets was the one in force.
ALTER TABLE "app" ADD COLUMN "secrets_version" INTEGER NOT NULL DEFAULT 0;
UPDATE "app" SET "secrets_version" = COALESCE((SELECT max(s."version") FROM "secret_version" s WHERE s."app_id" = "app"."id"), 0);
ALTER TABLE "instance" ADD COLUMN "secrets_version" INTEGER;

-- What a release was run with was not written down: its app's present limits are the best guess.
ALTER TABLE "release" ADD COLUMN "memory_mib" INTEGER, ADD COLUMN "cpus" DOUBLE PRECISION, ADD COLUMN "pids" INTEGER;
UPDATE "release" SET "memory_mib" = a."memory_mib", "cpus" = a."cpus", "pids" = a."pids" FROM "app" a WHERE a."id" = "release"."app_id";
ALTER TABLE "release" ALTER COLUMN "memory_mib" SET NOT NULL, ALTER COLUMN "cpus" SET NOT NULL, ALTER COLUMN "pids" SET NOT NULL;

-- Images were kept of the five newest releases and the live one; a release that never went live is of no use.
ALTER TABLE "release" ADD COLUMN "live_at" TIMESTAMPTZ(3), ADD COLUMN "pruned_at" TIMESTAMPTZ(3);
UPDATE "release" SET "live_at" = (SELECT max(d."live_at") FROM "deployment" d WHERE d."release_id" = "release"."id");
UPDATE "release" SET "pruned_at" = now() FROM "app" a
  WHERE a."id" = "release"."app_id" AND a."release_id" IS DISTINCT FROM "release"."id"
    AND ("release"."number" <= a."last_release" - 5 OR "release"."live_at" IS NULL)
    AND NOT EXISTS (SELECT 1 FROM "deployment" d WHERE d."release_id" = "release"."id" AND d."status" = 'starting');
