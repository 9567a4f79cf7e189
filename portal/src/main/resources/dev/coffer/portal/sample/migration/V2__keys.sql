-- Primary keys, unique and partial indexes, foreign keys, under the names Prisma gives them: a required
-- relation restricts a deletion and an optional one is set to null, unless its table belongs to the parent.

ALTER TABLE "users" ADD CONSTRAINT "users_pkey" PRIMARY KEY ("id");
ALTER TABLE "sales" ADD CONSTRAINT "sales_pkey" PRIMARY KEY ("id");
ALTER TABLE "appliances" ADD CONSTRAINT "appliances_pkey" PRIMARY KEY ("id");
ALTER TABLE "field_configurations" ADD CONSTRAINT "field_configurations_pkey" PRIMARY KEY ("id");
ALTER TABLE "document_templates" ADD CONSTRAINT "document_templates_pkey" PRIMARY KEY ("id");
ALTER TABLE "generated_documents" ADD CONSTRAINT "generated_documents_pkey" PRIMARY KEY ("id");
ALTER TABLE "sms_logs" ADD CONSTRAINT "sms_logs_pkey" PRIMARY KEY ("id");
ALTER TABLE "LeadImportBatch" ADD CONSTRAINT "LeadImportBatch_pkey" PRIMARY KEY ("id");
ALTER TABLE "Lead" ADD CONSTRAINT "Lead_pkey" PRIMARY KEY ("id");
ALTER TABLE "LeadAppliance" ADD CONSTRAINT "LeadAppliance_pkey" PRIMARY KEY ("id");
ALTER TABLE "LeadDispositionHistory" ADD CONSTRAINT "LeadDispositionHistory_pkey" PRIMARY KEY ("id");
ALTER TABLE "LeadToSaleLink" ADD CONSTRAINT "LeadToSaleLink_pkey" PRIMARY KEY ("id");
ALTER TABLE "_prisma_migrations" ADD CONSTRAINT "_prisma_migrations_pkey" PRIMARY KEY ("id");

CREATE UNIQUE INDEX "users_email_key" ON "users" ("email");
CREATE UNIQUE INDEX "field_configurations_fieldName_key" ON "field_configurations" ("fieldName");
CREATE UNIQUE INDEX "document_templates_templateType_version_key" ON "document_templates" ("templateType", "version");
CREATE UNIQUE INDEX "sms_logs_smsExternalReference_key" ON "sms_logs" ("smsExternalReference");
CREATE UNIQUE INDEX "LeadToSaleLink_lead_id_key" ON "LeadToSaleLink" ("lead_id");
CREATE UNIQUE INDEX "LeadToSaleLink_sale_id_key" ON "LeadToSaleLink" ("sale_id");

CREATE INDEX "Lead_callback_at_idx" ON "Lead" ("callback_at") WHERE "callback_at" IS NOT NULL;
CREATE INDEX "Lead_checked_out_at_idx" ON "Lead" ("checked_out_at") WHERE "checked_out_at" IS NOT NULL;

ALTER TABLE "sales" ADD CONSTRAINT "sales_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "sales" ADD CONSTRAINT "sales_documentsGeneratedBy_fkey" FOREIGN KEY ("documentsGeneratedBy") REFERENCES "users" ("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "appliances" ADD CONSTRAINT "appliances_saleId_fkey" FOREIGN KEY ("saleId") REFERENCES "sales" ("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "document_templates" ADD CONSTRAINT "document_templates_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "generated_documents" ADD CONSTRAINT "generated_documents_saleId_fkey" FOREIGN KEY ("saleId") REFERENCES "sales" ("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "generated_documents" ADD CONSTRAINT "generated_documents_templateId_fkey" FOREIGN KEY ("templateId") REFERENCES "document_templates" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "sms_logs" ADD CONSTRAINT "sms_logs_saleId_fkey" FOREIGN KEY ("saleId") REFERENCES "sales" ("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "LeadImportBatch" ADD CONSTRAINT "LeadImportBatch_imported_by_fkey" FOREIGN KEY ("imported_by") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Lead" ADD CONSTRAINT "Lead_created_by_fkey" FOREIGN KEY ("created_by") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Lead" ADD CONSTRAINT "Lead_assigned_agent_id_fkey" FOREIGN KEY ("assigned_agent_id") REFERENCES "users" ("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "Lead" ADD CONSTRAINT "Lead_import_batch_id_fkey" FOREIGN KEY ("import_batch_id") REFERENCES "LeadImportBatch" ("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "Lead" ADD CONSTRAINT "Lead_last_disposition_by_fkey" FOREIGN KEY ("last_disposition_by") REFERENCES "users" ("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "Lead" ADD CONSTRAINT "Lead_checked_out_by_fkey" FOREIGN KEY ("checked_out_by") REFERENCES "users" ("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "LeadAppliance" ADD CONSTRAINT "LeadAppliance_lead_id_fkey" FOREIGN KEY ("lead_id") REFERENCES "Lead" ("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "LeadDispositionHistory" ADD CONSTRAINT "LeadDispositionHistory_lead_id_fkey" FOREIGN KEY ("lead_id") REFERENCES "Lead" ("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "LeadDispositionHistory" ADD CONSTRAINT "LeadDispositionHistory_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "LeadToSaleLink" ADD CONSTRAINT "LeadToSaleLink_lead_id_fkey" FOREIGN KEY ("lead_id") REFERENCES "Lead" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "LeadToSaleLink" ADD CONSTRAINT "LeadToSaleLink_sale_id_fkey" FOREIGN KEY ("sale_id") REFERENCES "sales" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "LeadToSaleLink" ADD CONSTRAINT "LeadToSaleLink_converted_by_fkey" FOREIGN KEY ("converted_by") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;
