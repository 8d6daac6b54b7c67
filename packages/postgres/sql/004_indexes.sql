-- Must not run in a transaction. An index left invalid by a build that broke off must be dropped first.

CREATE INDEX CONCURRENTLY IF NOT EXISTS "idx_orders_cbb_sync_status" ON "public"."orders" ("cbb_sync_status");

CREATE INDEX CONCURRENTLY IF NOT EXISTS "idx_orders_cbb_contact_id" ON "public"."orders" ("cbb_contact_id");

CREATE INDEX CONCURRENTLY IF NOT EXISTS "idx_orders_cbb_rank" ON "public"."orders" ((COALESCE("cbb_sync_rank", "webhook_received_at")), "order_id" COLLATE "C");

CREATE INDEX CONCURRENTLY IF NOT EXISTS "idx_orders_cbb_unfinished" ON "public"."orders" ("cbb_phone_key") WHERE "cbb_sync_status" IN ('pending', 'syncing', 'failed');

CREATE INDEX CONCURRENTLY IF NOT EXISTS "idx_orders_cbb_newest" ON "public"."orders" ("cbb_phone_key", (COALESCE("cbb_sync_rank", "webhook_received_at")) DESC NULLS LAST, "order_id" COLLATE "C" DESC) WHERE "cbb_sync_status" <> 'skipped';

CREATE INDEX CONCURRENTLY IF NOT EXISTS "idx_orders_cbb_skipped" ON "public"."orders" ("cbb_phone_key") WHERE "cbb_sync_status" = 'skipped';

CREATE INDEX CONCURRENTLY IF NOT EXISTS "idx_orders_cbb_due" ON "public"."orders" ("cbb_sync_due_at", "order_id" COLLATE "C", (COALESCE("cbb_sync_bucket", -1))) WHERE "cbb_sync_status" = 'pending';

CREATE INDEX CONCURRENTLY IF NOT EXISTS "idx_orders_cbb_unkeyed" ON "public"."orders" ("cbb_sync_due_at") WHERE "cbb_sync_status" = 'pending' AND "cbb_phone_key" IS NULL;

CREATE INDEX CONCURRENTLY IF NOT EXISTS "idx_orders_cbb_syncing" ON "public"."orders" ("cbb_sync_attempted_at", "order_id" COLLATE "C", (COALESCE("cbb_sync_bucket", -1))) WHERE "cbb_sync_status" = 'syncing';

CREATE INDEX CONCURRENTLY IF NOT EXISTS "idx_orders_cbb_failed" ON "public"."orders" ("order_id" COLLATE "C") WHERE "cbb_sync_status" = 'failed';

COMMENT ON TABLE "public"."cbb_sync_ledger" IS 'cbb-sync schema 1';

