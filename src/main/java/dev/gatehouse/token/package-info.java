/**
 * Judges bearer tokens (step 7, REQ-16): the key sets of their issuers, kept and refreshed; signatures; what the claims
 * must say. Signatures are left to a library, decisions are not.
 */
@NullMarked
package dev.gatehouse.token;

import org.jspecify.annotations.NullMarked;
