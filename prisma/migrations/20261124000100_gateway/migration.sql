-- Replicas, drain, sleep; routes that can be told by what changed.
ALTER TABLE "app"
  ADD COLUMN "replicas" INTEGER NOT NULL DEFAULT 1,
  ADD COLUMN "drain_seconds" INTEGER NOT NULL DEFAULT 900,
  ADD COLUMN "freeze_after" INTEGER DEFAULT 720,
  ADD COLUMN "stop_after" INTEGER DEFAULT 1440,
  ADD COLUMN "sleeping" TEXT NOT NULL DEFAULT 'awake',
  ADD COLUMN "route_cursor" BIGINT NOT NULL DEFAULT 0;

CREATE INDEX "app_route_cursor_idx" ON "app"("route_cursor");

ALTER TABLE "release" ADD COLUMN "framework_version" TEXT;

ALTER TABLE "instance" ADD COLUMN "slot" INTEGER NOT NULL DEFAULT 0;

CREATE TABLE "app_use" (
    "app_id" TEXT NOT NULL,
    "used_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "app_use_pkey" PRIMARY KEY ("app_id")
);

ALTER TABLE "app_use" ADD CONSTRAINT "app_use_app_id_fkey" FOREIGN KEY ("app_id") REFERENCES "app"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "removed_route" (
    "hostname" TEXT NOT NULL,
    "cursor" BIGINT NOT NULL,
    "removed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "removed_route_pkey" PRIMARY KEY ("hostname")
);

CREATE INDEX "removed_route_cursor_idx" ON "removed_route"("cursor");
