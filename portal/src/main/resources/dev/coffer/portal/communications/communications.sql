-- The portal's record of e-mails and of every other contact with a customer, and a summary of both.
--
-- Each step creates one object and is skipped where that object exists, so the script can be run again.
-- A step is left out where the table that it requires is missing, and so are the lines between @if and
-- @end; those after @else take their place. "columns" names what an existing object must have.
-- A portal that does not know these tables is not affected: nothing of its own changes.

-- @step table EmailLog columns id saleId leadId recipientEmail emailStatus emailSentAt emailExternalReference createdAt updatedAt
-- saleId and leadId are plain columns here: their foreign keys are steps of their own.
CREATE TABLE IF NOT EXISTS "EmailLog" (
    "id" TEXT NOT NULL DEFAULT gen_random_uuid()::text,
    "saleId" TEXT,
    "leadId" TEXT,
    "recipientEmail" TEXT NOT NULL,
    "recipientName" TEXT,
    "senderEmail" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "messageContent" TEXT NOT NULL,
    "emailStatus" TEXT NOT NULL DEFAULT 'NOT_SENT',
    "emailSentAt" TIMESTAMP(3),
    "openedAt" TIMESTAMP(3),
    "openCount" INTEGER NOT NULL DEFAULT 0,
    "clickedAt" TIMESTAMP(3),
    "clickCount" INTEGER NOT NULL DEFAULT 0,
    "emailProviderMessageId" TEXT,
    "emailError" TEXT,
    "emailExternalReference" TEXT NOT NULL DEFAULT gen_random_uuid()::text,
    "isTemplateEmail" BOOLEAN NOT NULL DEFAULT false,
    "templateType" TEXT,
    "metadata" JSONB NOT NULL DEFAULT '{}',
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT (now() AT TIME ZONE 'UTC'),
    "updatedAt" TIMESTAMP(3) NOT NULL DEFAULT (now() AT TIME ZONE 'UTC'),
    CONSTRAINT "EmailLog_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "EmailLog_emailStatus_check" CHECK ("emailStatus" IN ('NOT_SENT', 'SENDING', 'SENT', 'FAILED', 'BOUNCED', 'OPENED', 'CLICKED')),
    CONSTRAINT "EmailLog_openCount_check" CHECK ("openCount" >= 0),
    CONSTRAINT "EmailLog_clickCount_check" CHECK ("clickCount" >= 0)
);

-- @step table CommunicationLog columns id saleId leadId communicationType recipient status scheduledAt completedAt agentId createdAt updatedAt
-- agentId names a user but is not a foreign key: who called must stay on record after the account is
-- deleted, and calls handed over by an outside call centre name agents that have no account.
CREATE TABLE IF NOT EXISTS "CommunicationLog" (
    "id" TEXT NOT NULL DEFAULT gen_random_uuid()::text,
    "saleId" TEXT,
    "leadId" TEXT,
    "communicationType" TEXT NOT NULL,
    "direction" TEXT NOT NULL DEFAULT 'outbound',
    "subject" TEXT,
    "content" TEXT,
    "recipient" TEXT,
    "sender" TEXT,
    "status" TEXT NOT NULL DEFAULT 'completed',
    "scheduledAt" TIMESTAMP(3),
    "completedAt" TIMESTAMP(3),
    "agentId" TEXT,
    "metadata" JSONB NOT NULL DEFAULT '{}',
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT (now() AT TIME ZONE 'UTC'),
    "updatedAt" TIMESTAMP(3) NOT NULL DEFAULT (now() AT TIME ZONE 'UTC'),
    CONSTRAINT "CommunicationLog_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "CommunicationLog_communicationType_check" CHECK ("communicationType" IN ('email', 'sms', 'call', 'letter', 'meeting')),
    CONSTRAINT "CommunicationLog_direction_check" CHECK ("direction" IN ('inbound', 'outbound')),
    CONSTRAINT "CommunicationLog_status_check" CHECK ("status" IN ('scheduled', 'completed', 'failed', 'cancelled'))
);

-- @step constraint EmailLog_saleId_fkey on EmailLog
-- What was said to a customer stays true when the sale or the lead is deleted, and the recipient stands
-- in the row itself: hence SET NULL and not CASCADE.
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_constraint WHERE conname = 'EmailLog_saleId_fkey' AND conrelid = '"EmailLog"'::regclass) THEN
        ALTER TABLE "EmailLog" ADD CONSTRAINT "EmailLog_saleId_fkey" FOREIGN KEY ("saleId") REFERENCES "sales" ("id") ON DELETE SET NULL ON UPDATE CASCADE;
    END IF;
END $$;

-- @step constraint EmailLog_leadId_fkey on EmailLog requires Lead
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_constraint WHERE conname = 'EmailLog_leadId_fkey' AND conrelid = '"EmailLog"'::regclass) THEN
        ALTER TABLE "EmailLog" ADD CONSTRAINT "EmailLog_leadId_fkey" FOREIGN KEY ("leadId") REFERENCES "Lead" ("id") ON DELETE SET NULL ON UPDATE CASCADE;
    END IF;
END $$;

-- @step constraint CommunicationLog_saleId_fkey on CommunicationLog
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_constraint WHERE conname = 'CommunicationLog_saleId_fkey' AND conrelid = '"CommunicationLog"'::regclass) THEN
        ALTER TABLE "CommunicationLog" ADD CONSTRAINT "CommunicationLog_saleId_fkey" FOREIGN KEY ("saleId") REFERENCES "sales" ("id") ON DELETE SET NULL ON UPDATE CASCADE;
    END IF;
END $$;

-- @step constraint CommunicationLog_leadId_fkey on CommunicationLog requires Lead
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_constraint WHERE conname = 'CommunicationLog_leadId_fkey' AND conrelid = '"CommunicationLog"'::regclass) THEN
        ALTER TABLE "CommunicationLog" ADD CONSTRAINT "CommunicationLog_leadId_fkey" FOREIGN KEY ("leadId") REFERENCES "Lead" ("id") ON DELETE SET NULL ON UPDATE CASCADE;
    END IF;
END $$;

-- @step index EmailLog_emailExternalReference_key
CREATE UNIQUE INDEX IF NOT EXISTS "EmailLog_emailExternalReference_key" ON "EmailLog" ("emailExternalReference");

-- @step index EmailLog_saleId_idx
CREATE INDEX IF NOT EXISTS "EmailLog_saleId_idx" ON "EmailLog" ("saleId");

-- @step index EmailLog_leadId_idx
CREATE INDEX IF NOT EXISTS "EmailLog_leadId_idx" ON "EmailLog" ("leadId");

-- @step index EmailLog_recipientEmail_idx
CREATE INDEX IF NOT EXISTS "EmailLog_recipientEmail_idx" ON "EmailLog" ("recipientEmail");

-- @step index EmailLog_emailStatus_idx
CREATE INDEX IF NOT EXISTS "EmailLog_emailStatus_idx" ON "EmailLog" ("emailStatus");

-- @step index EmailLog_emailSentAt_idx
CREATE INDEX IF NOT EXISTS "EmailLog_emailSentAt_idx" ON "EmailLog" ("emailSentAt");

-- @step index EmailLog_createdAt_idx
CREATE INDEX IF NOT EXISTS "EmailLog_createdAt_idx" ON "EmailLog" ("createdAt");

-- @step index CommunicationLog_saleId_idx
CREATE INDEX IF NOT EXISTS "CommunicationLog_saleId_idx" ON "CommunicationLog" ("saleId");

-- @step index CommunicationLog_leadId_idx
CREATE INDEX IF NOT EXISTS "CommunicationLog_leadId_idx" ON "CommunicationLog" ("leadId");

-- @step index CommunicationLog_agentId_idx
CREATE INDEX IF NOT EXISTS "CommunicationLog_agentId_idx" ON "CommunicationLog" ("agentId");

-- @step index CommunicationLog_recipient_idx
CREATE INDEX IF NOT EXISTS "CommunicationLog_recipient_idx" ON "CommunicationLog" ("recipient");

-- @step index CommunicationLog_status_idx
CREATE INDEX IF NOT EXISTS "CommunicationLog_status_idx" ON "CommunicationLog" ("status");

-- @step index CommunicationLog_scheduledAt_idx
CREATE INDEX IF NOT EXISTS "CommunicationLog_scheduledAt_idx" ON "CommunicationLog" ("scheduledAt");

-- @step index CommunicationLog_completedAt_idx
CREATE INDEX IF NOT EXISTS "CommunicationLog_completedAt_idx" ON "CommunicationLog" ("completedAt");

-- @step index CommunicationLog_createdAt_idx
CREATE INDEX IF NOT EXISTS "CommunicationLog_createdAt_idx" ON "CommunicationLog" ("createdAt");

-- @step function communication_touch_updated_at
CREATE OR REPLACE FUNCTION "communication_touch_updated_at"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW."updatedAt" := now() AT TIME ZONE 'UTC';
    RETURN NEW;
END $$;

-- @step trigger EmailLog_touch_updated_at on EmailLog
-- A statement that sets updatedAt itself is obeyed: a restore puts back the time it was given.
DROP TRIGGER IF EXISTS "EmailLog_touch_updated_at" ON "EmailLog";
CREATE TRIGGER "EmailLog_touch_updated_at" BEFORE UPDATE ON "EmailLog"
    FOR EACH ROW WHEN (NEW."updatedAt" IS NOT DISTINCT FROM OLD."updatedAt")
    EXECUTE FUNCTION "communication_touch_updated_at"();

-- @step trigger CommunicationLog_touch_updated_at on CommunicationLog
DROP TRIGGER IF EXISTS "CommunicationLog_touch_updated_at" ON "CommunicationLog";
CREATE TRIGGER "CommunicationLog_touch_updated_at" BEFORE UPDATE ON "CommunicationLog"
    FOR EACH ROW WHEN (NEW."updatedAt" IS NOT DISTINCT FROM OLD."updatedAt")
    EXECUTE FUNCTION "communication_touch_updated_at"();

-- @step view CommunicationSummaryView columns customerType customerId totalEmails totalSms totalCalls totalCommunications lastContactAt
-- One row for each sale and one for each lead; a row that names both counts for both. Each table is
-- aggregated before it is joined, so that no count is multiplied by another. E-mails and texts in
-- CommunicationLog are those that no other table holds, such as a customer's answer: hence
-- totalCommunications is the sum over the three tables.
CREATE OR REPLACE VIEW "CommunicationSummaryView" AS
WITH customer AS (
    SELECT 'sale'::text AS "customerType", "id" AS "customerId", "customerFirstName" AS "firstName", "customerLastName" AS "lastName", "email", "phoneNumber" FROM "sales"
    -- @if Lead
    UNION ALL
    SELECT 'lead'::text, "id", "customer_first_name", "customer_last_name", "email", "phone_number" FROM "Lead"
    -- @end
), addressed_email AS (
    SELECT 'sale'::text AS "customerType", "saleId" AS "customerId", "emailStatus", "emailSentAt" FROM "EmailLog" WHERE "saleId" IS NOT NULL
    -- @if Lead
    UNION ALL
    SELECT 'lead'::text, "leadId", "emailStatus", "emailSentAt" FROM "EmailLog" WHERE "leadId" IS NOT NULL
    -- @end
), addressed_communication AS (
    SELECT 'sale'::text AS "customerType", "saleId" AS "customerId", "communicationType", "status", "completedAt" FROM "CommunicationLog" WHERE "saleId" IS NOT NULL
    -- @if Lead
    UNION ALL
    SELECT 'lead'::text, "leadId", "communicationType", "status", "completedAt" FROM "CommunicationLog" WHERE "leadId" IS NOT NULL
    -- @end
), email AS (
    SELECT "customerType", "customerId",
        count(*) AS "total",
        count(*) FILTER (WHERE "emailStatus" = 'NOT_SENT') AS "notSent",
        count(*) FILTER (WHERE "emailStatus" = 'SENDING') AS "sending",
        count(*) FILTER (WHERE "emailStatus" = 'SENT') AS "sent",
        count(*) FILTER (WHERE "emailStatus" = 'FAILED') AS "failed",
        count(*) FILTER (WHERE "emailStatus" = 'BOUNCED') AS "bounced",
        count(*) FILTER (WHERE "emailStatus" = 'OPENED') AS "opened",
        count(*) FILTER (WHERE "emailStatus" = 'CLICKED') AS "clicked",
        max("emailSentAt") AS "lastAt"
    FROM addressed_email GROUP BY "customerType", "customerId"
), sms AS (
    -- @if sms_logs
    SELECT 'sale'::text AS "customerType", "saleId" AS "customerId",
        count(*) AS "total",
        count(*) FILTER (WHERE "smsStatus"::text = 'NOT_SENT') AS "notSent",
        count(*) FILTER (WHERE "smsStatus"::text = 'SENDING') AS "sending",
        count(*) FILTER (WHERE "smsStatus"::text = 'SENT') AS "sent",
        count(*) FILTER (WHERE "smsStatus"::text = 'FAILED') AS "failed",
        count(*) FILTER (WHERE "smsStatus"::text = 'SKIPPED') AS "skipped",
        max("smsSentAt") AS "lastAt"
    FROM "sms_logs" GROUP BY "saleId"
    -- @else
    --   SELECT NULL::text AS "customerType", NULL::text AS "customerId",
    --       0::bigint AS "total", 0::bigint AS "notSent", 0::bigint AS "sending", 0::bigint AS "sent",
    --       0::bigint AS "failed", 0::bigint AS "skipped", NULL::timestamp(3) AS "lastAt" WHERE false
    -- @end
), communication AS (
    SELECT "customerType", "customerId",
        count(*) AS "total",
        count(*) FILTER (WHERE "communicationType" = 'call') AS "calls",
        count(*) FILTER (WHERE "communicationType" = 'letter') AS "letters",
        count(*) FILTER (WHERE "communicationType" = 'meeting') AS "meetings",
        max("completedAt") FILTER (WHERE "status" = 'completed' AND "communicationType" = 'email') AS "lastEmailAt",
        max("completedAt") FILTER (WHERE "status" = 'completed' AND "communicationType" = 'sms') AS "lastSmsAt",
        max("completedAt") FILTER (WHERE "status" = 'completed' AND "communicationType" = 'call') AS "lastCallAt",
        max("completedAt") FILTER (WHERE "status" = 'completed' AND "communicationType" = 'letter') AS "lastLetterAt",
        max("completedAt") FILTER (WHERE "status" = 'completed' AND "communicationType" = 'meeting') AS "lastMeetingAt",
        max("completedAt") FILTER (WHERE "status" = 'completed') AS "lastAt"
    FROM addressed_communication GROUP BY "customerType", "customerId"
)
SELECT
    customer."customerType",
    customer."customerId",
    customer."firstName",
    customer."lastName",
    customer."email",
    customer."phoneNumber",
    coalesce(email."total", 0) AS "totalEmails",
    coalesce(email."notSent", 0) AS "emailsNotSent",
    coalesce(email."sending", 0) AS "emailsSending",
    coalesce(email."sent", 0) AS "emailsSent",
    coalesce(email."failed", 0) AS "emailsFailed",
    coalesce(email."bounced", 0) AS "emailsBounced",
    coalesce(email."opened", 0) AS "emailsOpened",
    coalesce(email."clicked", 0) AS "emailsClicked",
    coalesce(sms."total", 0) AS "totalSms",
    coalesce(sms."notSent", 0) AS "smsNotSent",
    coalesce(sms."sending", 0) AS "smsSending",
    coalesce(sms."sent", 0) AS "smsSent",
    coalesce(sms."failed", 0) AS "smsFailed",
    coalesce(sms."skipped", 0) AS "smsSkipped",
    coalesce(communication."calls", 0) AS "totalCalls",
    coalesce(communication."letters", 0) AS "totalLetters",
    coalesce(communication."meetings", 0) AS "totalMeetings",
    coalesce(communication."total", 0) AS "loggedCommunications",
    coalesce(email."total", 0) + coalesce(sms."total", 0) + coalesce(communication."total", 0) AS "totalCommunications",
    greatest(email."lastAt", communication."lastEmailAt") AS "lastEmailAt",
    greatest(sms."lastAt", communication."lastSmsAt") AS "lastSmsAt",
    communication."lastCallAt",
    communication."lastLetterAt",
    communication."lastMeetingAt",
    greatest(email."lastAt", sms."lastAt", communication."lastAt") AS "lastContactAt"
FROM customer
LEFT JOIN email USING ("customerType", "customerId")
LEFT JOIN sms USING ("customerType", "customerId")
LEFT JOIN communication USING ("customerType", "customerId");
