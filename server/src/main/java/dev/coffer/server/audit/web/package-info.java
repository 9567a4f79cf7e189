/** The audit trail's page, its calls and its export. */
@NullMarked
package dev.coffer.server.audit.web;

import org.jspecify.annotations.NullMarked;
