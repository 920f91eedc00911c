-- A deployment is routed once the gateway has its app's last change in force: the app's own cursor says when.
ALTER TABLE "deployment" DROP COLUMN "route_cursor";

-- Removals up to this value are not known any more: who asks from before it gets everything.
ALTER TABLE "cursor" ADD COLUMN "forgotten" BIGINT NOT NULL DEFAULT 0;

-- An app that was live before there was sleep counts as used now.
INSERT INTO "app_use" ("app_id", "used_at") SELECT "id", now() FROM "app" WHERE "release_id" IS NOT NULL;

-- When the count of sockets last changed: one that just became none may be a tab that comes back.
ALTER TABLE "instance" ADD COLUMN "sockets_at" TIMESTAMPTZ(3);
