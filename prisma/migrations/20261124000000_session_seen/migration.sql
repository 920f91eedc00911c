-- When a session was last used: one that is not used ends before its time.
ALTER TABLE "session" ADD COLUMN "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;
