-- Each build that begins takes the next turn; whose turn is next depends on how long ago a workspace's last one was.
ALTER TABLE "workspace" ADD COLUMN "last_turn" INTEGER NOT NULL DEFAULT 0;
