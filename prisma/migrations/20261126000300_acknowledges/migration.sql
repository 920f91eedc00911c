-- The deployment whose committed credentials were seen and acknowledged; without one, those of the commit that was named.
ALTER TABLE "deployment" ADD COLUMN "acknowledges" TEXT;
