-- Must not run in a transaction. Orders that existed before are not synced; commits after each batch.

DO $cbb$
DECLARE
  after text := '';
  last text;
BEGIN
  LOOP
    SELECT max(b.id) INTO last FROM (
      SELECT o."order_id" AS id FROM "public"."orders" o WHERE o."order_id" > after ORDER BY o."order_id" LIMIT 2000) b;
    EXIT WHEN last IS NULL;
    UPDATE "public"."orders" o SET "cbb_sync_status" = 'skipped', "cbb_sync_error" = 'before_start'
      WHERE o."order_id" > after AND o."order_id" <= last AND o."cbb_sync_due_at" IS NULL AND o."cbb_phone_key" IS NULL AND (o."cbb_sync_status" IS NULL OR o."cbb_sync_status" IN ('pending', 'syncing'));
    COMMIT;
    after := last;
  END LOOP;
END
$cbb$;

