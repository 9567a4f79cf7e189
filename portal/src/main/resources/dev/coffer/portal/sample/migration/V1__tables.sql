-- The portal's tables as Prisma makes them: older ones with camelCase columns, the Lead tables with
-- PascalCase names and snake_case columns. Keys and indexes follow in V2, so that rows can be loaded
-- between the two without paying for each index entry.

CREATE TYPE "CustomerStatus" AS ENUM ('ACTIVE', 'CANCELLED', 'CANCELLATION_NOTICE_RECEIVED', 'FAILED_PAYMENT', 'PROCESS_DD');
CREATE TYPE "SMSStatus" AS ENUM ('NOT_SENT', 'SENDING', 'SENT', 'FAILED', 'SKIPPED');
CREATE TYPE "LeadStatus" AS ENUM ('NEW', 'CALLED_NO_ANSWER', 'CALLBACK', 'SALE_MADE', 'CANCELLED', 'DO_NOT_CALL', 'CONVERSION_FAILED');

CREATE TABLE "users" (
    "id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "password" TEXT NOT NULL,
    "role" TEXT NOT NULL DEFAULT 'AGENT',
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL
);

CREATE TABLE "sales" (
    "id" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    "customerFirstName" TEXT NOT NULL,
    "customerLastName" TEXT NOT NULL,
    "title" TEXT,
    "phoneNumber" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "notes" TEXT,
    "mailingStreet" TEXT,
    "mailingCity" TEXT,
    "mailingProvince" TEXT,
    "mailingPostalCode" TEXT,
    "accountName" TEXT NOT NULL,
    "sortCode" TEXT NOT NULL,
    "accountNumber" TEXT NOT NULL,
    "directDebitDate" TIMESTAMP(3) NOT NULL,
    "status" "CustomerStatus" NOT NULL DEFAULT 'ACTIVE',
    "applianceCoverSelected" BOOLEAN NOT NULL,
    "boilerCoverSelected" BOOLEAN NOT NULL,
    "boilerPriceSelected" DOUBLE PRECISION,
    "totalPlanCost" DOUBLE PRECISION NOT NULL,
    "createdById" TEXT NOT NULL,
    "agentName" TEXT,
    "documentsGenerated" BOOLEAN NOT NULL DEFAULT false,
    "documentsGeneratedAt" TIMESTAMP(3),
    "documentsGeneratedBy" TEXT
);

CREATE TABLE "appliances" (
    "id" TEXT NOT NULL,
    "saleId" TEXT NOT NULL,
    "appliance" TEXT NOT NULL,
    "otherText" TEXT,
    "coverLimit" DOUBLE PRECISION NOT NULL,
    "cost" DOUBLE PRECISION NOT NULL
);

CREATE TABLE "field_configurations" (
    "id" TEXT NOT NULL,
    "fieldName" TEXT NOT NULL,
    "isRequired" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL
);

CREATE TABLE "document_templates" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "templateType" TEXT NOT NULL,
    "htmlContent" TEXT NOT NULL,
    "isActive" BOOLEAN NOT NULL DEFAULT true,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    "createdById" TEXT NOT NULL
);

CREATE TABLE "generated_documents" (
    "id" TEXT NOT NULL,
    "saleId" TEXT NOT NULL,
    "templateId" TEXT NOT NULL,
    "filename" TEXT NOT NULL,
    "filePath" TEXT NOT NULL,
    "fileSize" INTEGER NOT NULL,
    "mimeType" TEXT NOT NULL DEFAULT 'application/pdf',
    "generatedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "downloadCount" INTEGER NOT NULL DEFAULT 0,
    "lastDownloadAt" TIMESTAMP(3),
    "isDeleted" BOOLEAN NOT NULL DEFAULT false,
    "metadata" JSONB
);

CREATE TABLE "sms_logs" (
    "id" TEXT NOT NULL,
    "saleId" TEXT NOT NULL,
    "phoneNumber" TEXT NOT NULL,
    "normalizedPhone" TEXT,
    "messageContent" TEXT NOT NULL,
    "smsStatus" "SMSStatus" NOT NULL DEFAULT 'NOT_SENT',
    "smsSentAt" TIMESTAMP(3),
    "smsProviderMessageId" TEXT,
    "smsError" TEXT,
    "smsExternalReference" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL
);

CREATE TABLE "LeadImportBatch" (
    "id" TEXT NOT NULL,
    "filename" TEXT NOT NULL,
    "imported_by" TEXT NOT NULL,
    "imported_at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "total_rows" INTEGER NOT NULL,
    "successful_rows" INTEGER NOT NULL,
    "failed_rows" INTEGER NOT NULL,
    "error_report_location" TEXT,
    "metadata" JSONB
);

CREATE TABLE "Lead" (
    "id" TEXT NOT NULL,
    "created_at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMP(3) NOT NULL,
    "created_by" TEXT NOT NULL,
    "assigned_agent_id" TEXT,
    "source" TEXT NOT NULL,
    "import_batch_id" TEXT,
    "customer_first_name" TEXT NOT NULL,
    "customer_last_name" TEXT NOT NULL,
    "title" TEXT,
    "phone_number" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "mailing_street" TEXT,
    "mailing_city" TEXT,
    "mailing_province" TEXT,
    "mailing_postal_code" TEXT,
    "notes" TEXT,
    "appliance_cover_selected" BOOLEAN NOT NULL,
    "boiler_cover_selected" BOOLEAN NOT NULL,
    "boiler_price_selected" DECIMAL(65,30),
    "total_plan_cost" DECIMAL(65,30) NOT NULL,
    "current_status" "LeadStatus" NOT NULL DEFAULT 'NEW',
    "last_disposition_at" TIMESTAMP(3),
    "last_disposition_by" TEXT,
    "do_not_call" BOOLEAN NOT NULL DEFAULT false,
    "callback_at" TIMESTAMP(3),
    "times_contacted" INTEGER NOT NULL DEFAULT 0,
    "last_contact_attempt_at" TIMESTAMP(3),
    "checked_out_by" TEXT,
    "checked_out_at" TIMESTAMP(3)
);

CREATE TABLE "LeadAppliance" (
    "id" TEXT NOT NULL,
    "lead_id" TEXT NOT NULL,
    "appliance_type" TEXT NOT NULL,
    "brand" TEXT,
    "model" TEXT,
    "age" INTEGER,
    "price" DECIMAL(65,30) NOT NULL
);

CREATE TABLE "LeadDispositionHistory" (
    "id" TEXT NOT NULL,
    "lead_id" TEXT NOT NULL,
    "agent_id" TEXT NOT NULL,
    "status" "LeadStatus" NOT NULL,
    "notes" TEXT,
    "created_at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "metadata" JSONB
);

CREATE TABLE "LeadToSaleLink" (
    "id" TEXT NOT NULL,
    "lead_id" TEXT NOT NULL,
    "sale_id" TEXT NOT NULL,
    "converted_at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "converted_by" TEXT NOT NULL
);

CREATE TABLE "_prisma_migrations" (
    "id" VARCHAR(36) NOT NULL,
    "checksum" VARCHAR(64) NOT NULL,
    "finished_at" TIMESTAMPTZ,
    "migration_name" VARCHAR(255) NOT NULL,
    "logs" TEXT,
    "rolled_back_at" TIMESTAMPTZ,
    "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
    "applied_steps_count" INTEGER NOT NULL DEFAULT 0
);
